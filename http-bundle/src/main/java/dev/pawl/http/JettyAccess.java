package dev.pawl.http;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.jspecify.annotations.Nullable;

/**
 * Sets the error handlers of the Jetty that the whiteboard runs on, and what it takes in a path. The whiteboard has no setting for them, and hands its server
 * out to a {@link ConnectorFactory} alone; so this is one, whose connector listens nowhere and puts
 * everything back when it stops. The whiteboard asks each connector for its address, and so takes no other kind than Jetty's own.
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

    private static final class Silent extends ServerConnector {

        private final Server server;
        private final Request.Handler errors;
        private final Map<ContextHandler, Request.@Nullable Handler> former = new HashMap<>();
        private final BooleanSupplier ending;
        private Request.@Nullable Handler formerOfServer;

        Silent(Server server, Request.Handler errors, BooleanSupplier ending) {
            super(server, 0, 1, new HttpConnectionFactory());
            this.server = server;
            this.errors = errors;
            this.ending = ending;
        }

        @Override
        protected void doStart() {
            formerOfServer = server.getErrorHandler();
            server.setErrorHandler(errors);
            for (ContextHandler context : server.getDescendants(ContextHandler.class)) {
                former.put(context, context.getErrorHandler());
                context.setErrorHandler(errors);
            }
            takePercentSigns();
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
        protected void doStop() {
            if (!ending.getAsBoolean()) {
                server.setErrorHandler(formerOfServer);
                former.forEach(ContextHandler::setErrorHandler);
                former.clear();
            }
        }
    }
}
