package dev.pawl.http.server;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A small second Jetty for health: its connections and threads are its own, so that no crowd at the API takes them. It listens until the
 * very end of the server. Probers ask and go; a connection that does not is closed soon.
 */
public final class HealthListener {

    private static final int THREADS = 12;
    private static final int IDLE_THREADS = 3;
    private static final int CONNECTIONS = 200;
    private static final int BACKLOG = 128;
    private static final long IDLE_MS = 5_000;
    private static final long STOP_MS = 500;

    /** The limit for a request's first line and headers. */
    private static final int LARGEST_HEAD = 8 << 10;

    private final QueuedThreadPool threads = ThreadPools.named("pawl-health", IDLE_THREADS, THREADS, STOP_MS);
    private final Server server = new Server(threads);
    private final ServerConnector connector;

    /** @param errors answers requests that Jetty itself refuses */
    public HealthListener(Request.Handler errors) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(LARGEST_HEAD);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setIdleTimeout(IDLE_MS);
        connector.setAcceptQueueSize(BACKLOG);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        server.addConnector(connector);
        server.setErrorHandler(errors);
    }

    /** The executor for handlers. */
    public Executor threads() {
        return threads;
    }

    public Scheduler scheduler() {
        return server.getScheduler();
    }

    /** Listens. */
    public void open(String host, int port, Request.Handler handler) throws IOException {
        connector.setHost(host);
        connector.setPort(port);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                return handler.handle(request, response, callback);
            }
        });
        try {
            server.start();
        } catch (IOException refused) {
            throw refused;
        } catch (Exception e) {
            throw new IllegalStateException("The listener for health does not start: " + e.getMessage() + ".", e);
        }
    }

    /** Ends every connection and thread; a second call is harmless. */
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The listener for health does not stop: " + e.getMessage() + ".", e);
        }
    }
}
