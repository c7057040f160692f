package dev.pawl.http;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Sets the error handlers of the Jetty that the whiteboard runs on, and what it takes in a path. The whiteboard has no setting for them, and hands its server
 * out to a {@link ConnectorFactory} alone; so this is one, whose connector listens nowhere and puts everything back when it stops.
 */
final class JettyAccess implements ConnectorFactory {

    private final Request.Handler errors;
    private final BooleanSupplier ending;

    /** @param ending whether the whole runtime ends; then the handlers stay, to answer until Jetty ends too */
    JettyAccess(Request.Handler errors, BooleanSupplier ending) {
        this.errors = errors;
        this.ending = ending;
    }

    @Override
    public Connector createConnector(Server server) {
        return new Silent(server, errors, ending);
    }

    private static final class Silent extends ContainerLifeCycle implements Connector {

        private final Server server;
        private final Request.Handler errors;
        private final Map<ContextHandler, Request.@Nullable Handler> former = new HashMap<>();
        private final BooleanSupplier ending;
        private Request.@Nullable Handler formerOfServer;

        Silent(Server server, Request.Handler errors, BooleanSupplier ending) {
            this.server = server;
            this.errors = errors;
            this.ending = ending;
        }

        @Override
        protected void doStart() throws Exception {
            formerOfServer = server.getErrorHandler();
            server.setErrorHandler(errors);
            for (ContextHandler context : server.getDescendants(ContextHandler.class)) {
                former.put(context, context.getErrorHandler());
                context.setErrorHandler(errors);
            }
            takePercentSigns();
            super.doStart();
        }

        /** A name may hold a percent sign, which comes as %25; paths are taken apart before they are decoded, so it is not ambiguous. */
        private void takePercentSigns() {
            for (Connector connector : server.getConnectors()) {
                for (ConnectionFactory factory : connector.getConnectionFactories()) {
                    if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                        HttpConfiguration configuration = http.getHttpConfiguration();
                        configuration.setUriCompliance(configuration
                                .getUriCompliance()
                                .with("PAWL", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
                    }
                }
            }
            for (ServletHandler servlets : server.getDescendants(ServletHandler.class)) {
                servlets.setDecodeAmbiguousURIs(true);
            }
        }

        @Override
        protected void doStop() throws Exception {
            if (!ending.getAsBoolean()) {
                server.setErrorHandler(formerOfServer);
                former.forEach(ContextHandler::setErrorHandler);
                former.clear();
            }
            super.doStop();
        }

        @Override
        public Server getServer() {
            return server;
        }

        @Override
        public Executor getExecutor() {
            return server.getThreadPool();
        }

        @Override
        public Scheduler getScheduler() {
            return server.getScheduler();
        }

        @Override
        public ByteBufferPool getByteBufferPool() {
            return server.getByteBufferPool();
        }

        @Override
        public @Nullable ConnectionFactory getConnectionFactory(String nextProtocol) {
            return null;
        }

        @Override
        public <T> @Nullable T getConnectionFactory(Class<T> factoryType) {
            return null;
        }

        @Override
        public @Nullable ConnectionFactory getDefaultConnectionFactory() {
            return null;
        }

        @Override
        public Collection<ConnectionFactory> getConnectionFactories() {
            return List.of();
        }

        @Override
        public List<String> getProtocols() {
            return List.of();
        }

        @Override
        public long getIdleTimeout() {
            return 0;
        }

        @Override
        public Object getTransport() {
            return this;
        }

        @Override
        public Collection<EndPoint> getConnectedEndPoints() {
            return List.of();
        }

        @Override
        public String getName() {
            return "pawl-errors";
        }

        @Override
        public CompletableFuture<Void> shutdown() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean isShutdown() {
            return !isRunning();
        }
    }
}
