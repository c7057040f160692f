package dev.pawl.web;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Connections to servers or to proxies. One to a server leads to an address that the rules permit and that nobody looks up again, so that
 * a name that leads elsewhere a moment later (DNS rebinding) changes nothing. One to a proxy serves a single call, since a rotating proxy
 * gives each connection an address of its own.
 */
final class Transport implements AutoCloseable {

    private static final String PROXY = "dev.pawl.web.proxy";
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_HEADER = 32 * 1024;
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(10);

    private final CloseableHttpClient client;

    private Transport(DnsResolver resolver, TrustedCertificates trust, boolean reuse) {
        HttpRoutePlanner routes = Transport::route;
        client = HttpClientBuilder.create()
                .setConnectionManager(connections(resolver, trust))
                .setRoutePlanner(routes)
                .setConnectionReuseStrategy((request, response, context) ->
                        reuse && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setProtocolUpgradeEnabled(false)
                        .setRedirectsEnabled(false)
                        .build())
                .setDefaultCookieSpecRegistry(name -> null) // the default one reads a list of all public suffixes
                .setUserAgent("pawl")
                .disableCookieManagement()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .build();
    }

    /** Connections to servers that the rules permit. */
    static Transport direct(HostRules rules, HostLookup lookup, TrustedCertificates trust) {
        return new Transport(new PermittedAddresses(rules, lookup), trust, true);
    }

    /** Connections to proxies, whose addresses an admin has configured. */
    static Transport throughProxies(TrustedCertificates trust) {
        return new Transport(SystemDefaultDnsResolver.INSTANCE, trust, false);
    }

    CloseableHttpClient client() {
        return client;
    }

    /** Has a call go through a proxy. */
    static void choose(HttpContext context, HttpHost proxy) {
        context.setAttribute(PROXY, proxy);
    }

    private static HttpRoute route(HttpHost target, HttpContext context) {
        boolean secure = target.getSchemeName().equals("https");
        return context.getAttribute(PROXY) instanceof HttpHost proxy
                ? new HttpRoute(target, null, proxy, secure)
                : new HttpRoute(target, null, secure);
    }

    private static HttpClientConnectionManager connections(DnsResolver resolver, TrustedCertificates trust) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setTlsSocketStrategy(trust)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_HEADER)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .build())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .build();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
