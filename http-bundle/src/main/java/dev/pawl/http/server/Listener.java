package dev.pawl.http.server;

import dev.pawl.http.proxy.ClientOfProxy;
import dev.pawl.http.proxy.TrustedProxies;
import dev.pawl.http.tls.HandshakeLimit;
import dev.pawl.http.tls.Tls;
import dev.pawl.http.tls.TlsProtocols;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The embedded Jetty: its threads, its connections and their limits. It listens only from {@link #open} to {@link #refuse}: a client that
 * connects while the server restarts gets its connection refused.
 */
public final class Listener {

    /** The threads that read and write without blocking, except for a disk at times; more of them would compete for the cores. */
    private static final int CONNECTION_THREADS = 12;

    private static final int IDLE_THREADS = 2;

    private static final int SELECTORS = 1;

    /** The threads that accept and select. */
    private static final int OWN_THREADS = 1 + SELECTORS;

    /** The idle timeout while all connections are in use. */
    private static final long IDLE_WHEN_FULL_MS = 1_000;

    private static final int CONNECTIONS_OF_AN_ADDRESS = 500;
    private static final long IDLE_MS = 30_000;

    /** The longest time from the beginning of TLS to its end. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private static final int BACKLOG = 1_024;

    /** The size of the socket's send buffer. By default the system buffers megabytes for a client that does not read. */
    private static final int SEND_BUFFER = 128 << 10;

    /** The limit for a request's first line and headers; a poll may name its modules in 10,000 characters. */
    private static final int LARGEST_HEAD = 16 << 10;

    private static final long STOP_MS = 1_000;

    /** The limit for messages of WebSocket clients, all of which are ignored. */
    private static final int LARGEST_MESSAGE = 4 << 10;

    /** The largest frame; longer lines are sent in several. */
    private static final int LARGEST_FRAME = 64 << 10;

    private final QueuedThreadPool workers;
    private final Server server;
    private final ServerConnector connector;
    private final Gate gate = new Gate();
    private final Optional<Tls> tls;

    /**
     * Prepares everything except the handler; starts no thread.
     *
     * @param errors answers requests that Jetty itself refuses
     * @param most the most requests that handlers work on at once
     * @param connections the most connections, of followers, idle clients and attackers together
     * @param tls the certificate; empty for plain HTTP
     * @param proxies the proxies in front of the server; empty when there is none
     */
    public Listener(
            Request.Handler errors, int most, int connections, Optional<Tls> tls, Optional<TrustedProxies> proxies) {
        this.tls = tls;
        workers = ThreadPools.named("pawl-http", IDLE_THREADS, most, STOP_MS);
        server = new Server(ThreadPools.named("pawl-http-io", OWN_THREADS + IDLE_THREADS, CONNECTION_THREADS, STOP_MS));
        server.addBean(workers);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(LARGEST_HEAD);
        // A name may contain a percent sign, sent as %25; paths are split before they are decoded, so this is not
        // ambiguous.
        configuration.setUriCompliance(
                UriCompliance.DEFAULT.with("PAWL", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        connector = connector(configuration);
        proxies.ifPresent(trusted -> configuration.addCustomizer(new ClientOfProxy(trusted)));
        connector.setIdleTimeout(IDLE_MS);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.addBean(new AddressLimit(
                CONNECTIONS_OF_AN_ADDRESS,
                address -> proxies.isPresent() && proxies.get().trust(address)));
        var limit = new NetworkConnectionLimit(connections, connector);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL_MS);
        server.addBean(limit);
        server.setErrorHandler(errors);
        server.setHandler(gate);
        ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
        sockets.setMaxTextMessageSize(LARGEST_MESSAGE);
        sockets.setMaxBinaryMessageSize(LARGEST_MESSAGE);
        sockets.setMaxFrameSize(LARGEST_FRAME);
    }

    private ServerConnector connector(HttpConfiguration configuration) {
        if (tls.isEmpty()) {
            return new ServerConnector(server, 1, SELECTORS, new HttpConnectionFactory(configuration));
        }
        var encrypted = new ServerConnector(
                server, 1, SELECTORS, TlsProtocols.over(tls.get(), configuration, Duration.ofMillis(IDLE_MS)));
        encrypted.addBean(new HandshakeLimit(scheduler(), HANDSHAKE));
        return encrypted;
    }

    public Scheduler scheduler() {
        return server.getScheduler();
    }

    /** The executor for handlers. */
    public Executor workers() {
        return workers;
    }

    /** Starts everything, but does not listen yet. */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not start: " + e.getMessage() + ".", e);
        }
    }

    /**
     * Listens.
     *
     * @param port the port; 0 for any free one
     * @param lanes returns the lane of a request; called by the thread that reads from all connections
     */
    public void open(String host, int port, Request.Handler handler, Function<Request, Executor> lanes)
            throws IOException {
        connector.setHost(host);
        connector.setPort(port);
        gate.lead(handler, lanes);
        server.addConnector(connector);
        server.manage(connector);
        try {
            connector.start();
        } catch (IOException refused) {
            throw refused;
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not listen: " + e.getMessage() + ".", e);
        }
    }

    /** The address for clients on this machine. */
    public URI url(String host) throws IOException {
        String name = InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host;
        return URI.create((tls.isPresent() ? "https://" : "http://")
                + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + connector.getLocalPort());
    }

    /** Accepts no more connections; existing ones get one more answer. */
    public void refuse() {
        gate.end();
        connector.close();
    }

    /** Ends every connection and thread; a second call is harmless. */
    public void stop() {
        tls.ifPresent(Tls::close);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not stop: " + e.getMessage() + ".", e);
        }
    }
}
