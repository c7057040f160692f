package dev.pawl.http.tls;

import java.util.List;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.NegotiatingServerConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the protocol above TLS by ALPN (RFC 7301): the first of ours that the client offers, and the last of ours when it offers none.
 * Jetty's own implementation finds its parts with service loaders, which do not see into a bundle.
 */
final class ProtocolChoice extends NegotiatingServerConnectionFactory {

    ProtocolChoice(List<String> protocols) {
        super("alpn", protocols.toArray(String[]::new));
        setDefaultProtocol(protocols.get(protocols.size() - 1));
    }

    @Override
    protected AbstractConnection newServerConnection(
            Connector connector, EndPoint endPoint, SSLEngine engine, List<String> protocols, String otherwise) {
        var choosing = new Choosing(connector, endPoint, engine, protocols, otherwise);
        engine.setHandshakeApplicationProtocolSelector((unused, offered) -> choosing.choose(offered));
        if (endPoint instanceof SslConnection.SslEndPoint encrypted) {
            encrypted.getSslConnection().addHandshakeListener(choosing);
        }
        return choosing;
    }

    private static final class Choosing extends NegotiatingServerConnection implements SslHandshakeListener {

        Choosing(Connector connector, EndPoint endPoint, SSLEngine engine, List<String> protocols, String otherwise) {
            super(connector, endPoint, engine, protocols, otherwise);
        }

        /** Null, when there is none in common, ends the handshake. */
        @Nullable
        String choose(List<String> offered) {
            String chosen = getProtocols().stream()
                    .filter(offered::contains)
                    .findFirst()
                    .orElse(null);
            setProtocol(chosen);
            return chosen;
        }

        @Override
        public void handshakeSucceeded(Event event) {
            if (getProtocol() == null) {
                setProtocol(getDefaultProtocol());
            }
        }
    }
}
