package dev.pawl.web;

import dev.pawl.web.RefusedCallException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Calls HTTP servers, by HTTP/1.1, to allowed hosts alone. A call runs on the thread of its caller, and ends when its time is over or when
 * it is not wanted any more. Safe for many threads; {@link #close} ends its connections and its thread.
 */
public final class WebClient implements AutoCloseable {

    private final HostRules rules;
    private final ProxyUrls proxies;
    private final CallWatch watch;
    private final Transport direct;
    private final Transport proxied;

    /**
     * Makes a client.
     *
     * @param rules the hosts that may be called
     * @param proxies the proxy for calls that ask for one
     * @param trust the certificate authorities that are trusted
     * @param threadName the name of the thread that ends late calls
     */
    public WebClient(HostRules rules, ProxyUrls proxies, TrustedCertificates trust, String threadName) {
        this(rules, HostLookup.OF_JVM, proxies, trust, threadName);
    }

    /** Makes a client that looks up the hosts of direct calls in another way. */
    public WebClient(
            HostRules rules, HostLookup lookup, ProxyUrls proxies, TrustedCertificates trust, String threadName) {
        this.rules = rules;
        this.proxies = proxies;
        watch = new CallWatch(threadName);
        direct = Transport.direct(rules, lookup, trust);
        proxied = Transport.throughProxies(trust);
    }

    /**
     * The way of a call.
     *
     * @param useProxy whether it goes through the proxy, which looks up the host by itself
     * @param session the session whose calls leave the proxy from one address; null for none
     * @param geo the place from which it leaves the proxy; null for any
     */
    public record Way(
            boolean useProxy,
            @Nullable String session,
            @Nullable String geo) {

        /** The way without a proxy. */
        public static final Way DIRECT = new Way(false, null, null);
    }

    /** The text of an answer without the proxy's passwords, which a proxy may have put into it. */
    public String masked(String text) {
        return proxies.masked(text);
    }

    /**
     * Makes a call and follows redirects.
     *
     * @param unwanted asked every 100 ms on another thread; the call ends soon when it is true
     * @return the answer, whatever its status
     * @throws RefusedCallException when it is refused for good
     * @throws CancellationException when it was not wanted any more
     * @throws IOException for people, when it failed and may succeed another time
     */
    public WebAnswer call(WebRequest request, Way way, CallLimits limits, BooleanSupplier unwanted) throws IOException {
        long end = System.nanoTime() + limits.timeout().toNanos();
        WebRequest next = request.checked();
        for (int redirects = 0; ; redirects++) {
            rules.check(next.url());
            WebAnswer answer = once(next, way, limits, end, unwanted);
            String location =
                    isRedirect(answer.status()) ? answer.header("location").orElse(null) : null;
            if (location == null || limits.maxRedirects() == 0) {
                return answer;
            }
            if (redirects >= limits.maxRedirects()) {
                throw new RefusedCallException(
                        Reason.ANSWER,
                        "The URL " + request.url() + " is redirected more than " + limits.maxRedirects() + " times.");
            }
            next = next.redirected(answer.status(), References.resolve(next.url(), location));
        }
    }

    private WebAnswer once(WebRequest request, Way way, CallLimits limits, long end, BooleanSupplier unwanted)
            throws IOException {
        @Nullable ProxyAddress proxy = way.useProxy() ? proxies.address(way.session(), way.geo()) : null;
        Exchange exchange = new Exchange(request, proxy, limits);
        long left = end - System.nanoTime();
        try (CallWatch.Watched watched = watch.watch(left, unwanted, exchange::end)) {
            try {
                return exchange.run(proxy == null ? direct : proxied, Duration.ofNanos(Math.max(1, left)));
            } catch (IOException e) {
                throw explained(e, request.url(), proxy, limits, watched);
            }
        }
    }

    private static IOException explained(
            IOException e, URI url, @Nullable ProxyAddress proxy, CallLimits limits, CallWatch.Watched watched) {
        if (watched.isAbandoned()) {
            throw new CancellationException(
                    "The call to " + url.getHost() + " was ended, since nobody waits for it any more.");
        }
        if (watched.isLate()) {
            return new SocketTimeoutException("The server " + url.getHost() + " did not answer in full within "
                    + limits.timeout().toMillis() + " ms.");
        }
        if (e instanceof RefusedCallException) {
            return e;
        }
        String peer = proxy == null ? "The server " + url.getHost() + ":" + HostRules.port(url) : "The proxy " + proxy;
        if (e instanceof SSLException) {
            return new RefusedCallException(
                    Reason.ANSWER,
                    "No trusted connection to " + url.getHost() + " could be made: " + e.getMessage() + ".");
        }
        if (e instanceof UnknownHostException) {
            return new IOException("The host " + (proxy == null ? url.getHost() : proxy.host()) + " is not known.", e);
        }
        if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            return new IOException(peer + " cannot be reached: " + e.getMessage() + ".", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new IOException(peer + " does not answer: " + e.getMessage() + ".", e);
        }
        return new IOException(peer + " broke off the call: " + e.getMessage() + ".", e);
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Ends all connections and the thread. */
    @Override
    public void close() {
        watch.close();
        direct.close();
        proxied.close();
    }
}
