package dev.pawl.web;

import dev.pawl.web.RefusedCallException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One request and its answer, without redirects. */
final class Exchange {

    private static final int PROXY_REFUSES = 407;

    /** By so much the client's own timeouts come after the watch's, which counts the whole call and not a pause in it. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final WebRequest request;
    private final @Nullable ProxyAddress proxy;
    private final CallLimits limits;
    private final HttpUriRequestBase sent;
    private @Nullable WebAnswer begun; // used by the thread of the call

    Exchange(WebRequest request, @Nullable ProxyAddress proxy, CallLimits limits) {
        this.request = request;
        this.proxy = proxy;
        this.limits = limits;
        sent = new HttpUriRequestBase(request.method(), request.url());
        request.headers().forEach(sent::setHeader);
        if (!request.has("accept-encoding")) {
            sent.setHeader("Accept-Encoding", "gzip");
        }
        Content body = request.body();
        if (body != null) {
            sent.setEntity(new ByteArrayEntity(body.bytes(), null));
        }
    }

    /** Ends it from another thread: its connection is closed. */
    void end() {
        sent.cancel();
    }

    WebAnswer run(Transport transport, Duration left) throws IOException {
        HttpClientContext context = HttpClientContext.create();
        Timeout late = Timeout.of(left.plus(MARGIN));
        sent.setConfig(RequestConfig.custom()
                .setProtocolUpgradeEnabled(false)
                .setConnectionRequestTimeout(late)
                .setResponseTimeout(late)
                .build());
        if (proxy != null) {
            choose(context, proxy);
        }
        URI url = request.url();
        HttpHost target = new HttpHost(
                url.getScheme().toLowerCase(Locale.ROOT),
                url.getHost().replaceAll("[\\[\\]]", ""),
                HostRules.port(url));
        try {
            return executed(transport, target, context);
        } catch (PermittedAddresses.NotPermittedException e) {
            throw e.refusal();
        } catch (IllegalStateException e) { // of a client that is cancelled before it is connected
            if (begun != null) {
                return begun;
            }
            if (sent.isCancelled()) {
                throw new IOException("it was ended", e);
            }
            throw e;
        }
    }

    private WebAnswer executed(Transport transport, HttpHost target, HttpClientContext context) throws IOException {
        try {
            return transport.client().execute(target, sent, context, answer -> read(answer, context));
        } catch (IOException e) {
            WebAnswer enough = begun;
            if (enough != null) { // the client has met the end of the connection, which we have cut
                return enough;
            }
            throw e;
        }
    }

    private static void choose(HttpClientContext context, ProxyAddress proxy) {
        HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
        Transport.choose(context, host);
        if (proxy.user() != null) {
            String password = proxy.password() == null ? "" : proxy.password();
            BasicScheme basic = new BasicScheme();
            basic.initPreemptive(new UsernamePasswordCredentials(proxy.user(), password.toCharArray()));
            context.resetAuthExchange(host, basic);
        }
    }

    private WebAnswer read(ClassicHttpResponse answer, HttpClientContext context) throws IOException {
        if (proxy != null) {
            refuseProxysOwn(answer.getCode(), context);
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : answer.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue() == null ? "" : header.getValue());
        }
        HttpEntity entity = answer.getEntity();
        Content body = Content.NONE;
        if (entity != null && limits.headCounts()) {
            BoundedBody.Beginning beginning = BoundedBody.beginning(entity.getContent(), limits.maxBytes());
            WebAnswer enough = new WebAnswer(request.url(), answer.getCode(), headers, beginning.content());
            if (!beginning.isWhole()) {
                begun = enough;
                end(); // without reading the rest, however long it is
            }
            return enough;
        }
        if (entity != null && entity.getContentLength() != 0) {
            try {
                body = BoundedBody.read(entity.getContent(), entity.getContentEncoding(), limits.maxBytes());
            } catch (IOException e) {
                end(); // without reading the rest, however long it is
                throw e;
            }
        }
        return new WebAnswer(request.url(), answer.getCode(), headers, body);
    }

    /** An answer of the proxy itself is none of the server's: to its credentials, or because it made no tunnel. */
    private void refuseProxysOwn(int status, HttpClientContext context) throws IOException {
        if (status == PROXY_REFUSES) {
            end();
            throw new RefusedCallException(
                    Reason.PROXY, "The proxy " + proxy + " does not accept its user and password.");
        }
        if ("https".equalsIgnoreCase(request.url().getScheme()) && context.getSSLSession() == null) {
            end();
            throw new IOException("the proxy answered " + status + " instead of connecting");
        }
    }
}
