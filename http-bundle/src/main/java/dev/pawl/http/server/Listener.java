package dev.pawl.http.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
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
 * The Jetty that listens: its threads, its connections and their limits. It listens from {@link #open} to {@link #refuse}, and not
 * before or after: to a client that comes between two servers, the connection is refused.
 */
public final class Listener {

    /** They read and write what is there, and wait for nothing but a disk at times; more would keep each other from the cores. */
    private static final int CONNECTION_THREADS = 12;

    private static final int IDLE_THREADS = 2;

    /** How long more threads than that stay without work. */
    private static final int IDLE_THREAD_MS = 10_000;

    private static final int SELECTORS = 1;

    /** Those that accept and select. */
    private static final int OWN_THREADS = 1 + SELECTORS;

    /** Followers, idle clients and attackers together. */
    private static final int CONNECTIONS = 2_000;

    /** While all are taken, those that send nothing make room. */
    private static final long IDLE_WHEN_FULL_MS = 1_000;

    private static final int CONNECTIONS_OF_AN_ADDRESS = 500;
    private static final long IDLE_MS = 30_000;
    private static final int BACKLOG = 1_024;

    /** The bytes that the system takes for a client that does not read; by itself it takes megabytes, which are answers made for nobody. */
    private static final int SEND_BUFFER = 128 << 10;

    /** A request's first line and headers; a poll may name its modules in 10,000 characters. */
    private static final int LARGEST_HEAD = 16 << 10;

    private static final long STOP_MS = 1_000;

    /** The bytes that a WebSocket's client may say; nothing of it means anything. */
    private static final int LARGEST_MESSAGE = 4 << 10;

    /** Longer lines go out in several. */
    private static final int LARGEST_FRAME = 64 << 10;

    private final QueuedThreadPool workers;
    private final Server server;
    private final ServerConnector connector;
    private final Gate gate = new Gate();

    /**
     * Prepares all but the handler; starts no thread.
     *
     * @param errors answers what Jetty refuses by itself
     * @param most how much handlers do at once
     */
    public Listener(Request.Handler errors, int most) {
        workers = pool("pawl-http", IDLE_THREADS, most);
        server = new Server(pool("pawl-http-io", OWN_THREADS + IDLE_THREADS, CONNECTION_THREADS));
        server.addBean(workers);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(LARGEST_HEAD);
        // A name may hold a percent sign, which comes as %25; paths are taken apart before they are decoded, so it is
        // not ambiguous.
        configuration.setUriCompliance(
                UriCompliance.DEFAULT.with("PAWL", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        connector = new ServerConnector(server, 1, SELECTORS, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(IDLE_MS);
        connector.setAcceptQueueSize(BACKLOG);
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.addBean(new AddressLimit(CONNECTIONS_OF_AN_ADDRESS));
        var limit = new NetworkConnectionLimit(CONNECTIONS, connector);
        limit.setEndPointIdleTimeout(IDLE_WHEN_FULL_MS);
        server.addBean(limit);
        server.setErrorHandler(errors);
        server.setHandler(gate);
        ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
        sockets.setMaxTextMessageSize(LARGEST_MESSAGE);
        sockets.setMaxBinaryMessageSize(LARGEST_MESSAGE);
        sockets.setMaxFrameSize(LARGEST_FRAME);
    }

    private static QueuedThreadPool pool(String name, int least, int most) {
        QueuedThreadPool pool = new QueuedThreadPool(most, least);
        pool.setName(name);
        pool.setStopTimeout(STOP_MS);
        pool.setIdleTimeout(IDLE_THREAD_MS);
        pool.setMaxEvictCount(most); // by itself it lets one go in that time
        return pool;
    }

    public Scheduler scheduler() {
        return server.getScheduler();
    }

    /** Does what handlers do. */
    public Executor workers() {
        return workers;
    }

    /** Starts everything but to listen. */
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
     * @param port 0 for any that is free
     * @param lanes where the handler takes a request; asked by the thread that reads from all connections
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

    /** Where a client on this machine finds it. */
    public URI url(String host) throws IOException {
        String name = InetAddress.getByName(host).isAnyLocalAddress() ? "127.0.0.1" : host;
        return URI.create(
                "http://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + connector.getLocalPort());
    }

    /** Takes no more connections; those that are there get one more answer. */
    public void refuse() {
        gate.end();
        connector.close();
    }

    /** Ends every connection and thread; harmless a second time. */
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not stop: " + e.getMessage() + ".", e);
        }
    }
}
