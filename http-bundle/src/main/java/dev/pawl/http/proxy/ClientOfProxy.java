package dev.pawl.http.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;

/**
 * Shows a request of a trusted proxy as one of the client behind it: its address, the host for which it asked and whether it spoke TLS. The
 * rest of the server, which limits, records and checks by these, knows nothing of proxies.
 */
public final class ClientOfProxy implements HttpConfiguration.Customizer {

    private final TrustedProxies proxies;

    public ClientOfProxy(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable answer) {
        if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && proxies.trust(peer.getAddress())) {
            Forwarded said = proxies.standard()
                    ? Forwarded.standard(request.getHeaders())
                    : Forwarded.common(request.getHeaders());
            return new Shown(request, said, proxies.client(peer.getAddress(), said.chain()));
        }
        return request;
    }

    private static final class Shown extends Request.Wrapper {

        private final ConnectionMetaData connection;
        private final HttpFields headers;
        private final HttpURI address;

        Shown(Request request, Forwarded said, InetAddress client) {
            super(request);
            String scheme = said.scheme();
            boolean known = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            boolean secure = known ? "https".equalsIgnoreCase(scheme) : request.isSecure();
            connection = new Seen(request.getConnectionMetaData(), client, secure);
            HttpURI.Mutable uri = HttpURI.build(request.getHttpURI()).scheme(secure ? "https" : "http");
            String host = said.host();
            if (host == null) {
                headers = request.getHeaders();
            } else {
                HostPort parts = parts(host);
                uri.authority(
                        parts.getHost(), parts.getPort()); // Jetty refuses requests whose address has another host
                headers = HttpFields.build(request.getHeaders())
                        .put(HttpHeader.HOST, host)
                        .asImmutable();
            }
            address = uri.asImmutable();
        }

        private static HostPort parts(String host) {
            try {
                return new HostPort(host);
            } catch (IllegalArgumentException e) {
                throw new HttpException.RuntimeException(
                        HttpStatus.BAD_REQUEST_400, "the proxy names a host that is none", e);
            }
        }

        @Override
        public ConnectionMetaData getConnectionMetaData() {
            return connection;
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }

        @Override
        public HttpURI getHttpURI() {
            return address;
        }

        @Override
        public boolean isSecure() {
            return connection.isSecure();
        }
    }

    private static final class Seen extends ConnectionMetaData.Wrapper {

        private final SocketAddress client;
        private final boolean secure;

        Seen(ConnectionMetaData connection, InetAddress client, boolean secure) {
            super(connection);
            this.client = new InetSocketAddress(client, 0);
            this.secure = secure;
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return client;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }
    }
}
