package dev.pawl.http.tls;

import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.SslConnectionFactory;

/** The protocols of a port with TLS: HTTP/2 and HTTP/1.1, and an answer to those who speak plain HTTP to it. */
public final class TlsProtocols {

    /** Its name in ALPN; Jetty's own has capital letters. */
    private static final String HTTP_1_1 = "http/1.1";

    /** The requests that a connection may have at work at once. */
    private static final int STREAMS = 32;

    /** The bytes of a body, and of all bodies of a connection, that may arrive before they are read. */
    private static final int STREAM_WINDOW = 128 << 10;

    private static final int CONNECTION_WINDOW = 256 << 10;

    /** The resets, pings, settings and other frames without work that a connection may send in a second before it is closed. */
    private static final int IDLE_FRAMES_A_SECOND = 100;

    private TlsProtocols() {}

    /**
     * The connection factories of the port.
     *
     * @param streamIdle the time without progress after which a request over HTTP/2 is given up
     */
    public static ConnectionFactory[] over(Tls tls, HttpConfiguration configuration, Duration streamIdle) {
        configuration.addCustomizer(new TlsOnly());
        var http1 = new HttpConnectionFactory(configuration);
        var http2 = new HTTP2ServerConnectionFactory(configuration);
        http2.setMaxConcurrentStreams(STREAMS);
        http2.setInitialStreamRecvWindow(STREAM_WINDOW);
        http2.setInitialSessionRecvWindow(CONNECTION_WINDOW);
        http2.setStreamIdleTimeout(streamIdle.toMillis());
        http2.setRateControlFactory(new WindowRateControl.Factory(IDLE_FRAMES_A_SECOND));
        http2.setConnectProtocolEnabled(false); // clients then open WebSockets over HTTP/1.1
        var choice = new ProtocolChoice(List.of(http2.getProtocol(), HTTP_1_1));
        var ssl = new SslConnectionFactory(tls.jetty(), choice.getProtocol());
        // The one after the detector gets those who do not begin with TLS.
        return new ConnectionFactory[] {new DetectorConnectionFactory(ssl), http1, choice, http2};
    }

    /** Refuses requests that came without TLS, and marks the others as secure. */
    private static final class TlsOnly implements HttpConfiguration.Customizer {

        /** Which names are ours is the matter of the check of the Host. */
        private final SecureRequestCustomizer secure = new SecureRequestCustomizer(false);

        @Override
        public Request customize(Request request, HttpFields.Mutable headers) {
            if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof SslConnection.SslEndPoint) {
                Request secured = secure.customize(request, headers);
                boolean http2 = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
                return http2 ? new WithHost(secured) : secured;
            }
            throw new HttpException.RuntimeException(
                    HttpStatus.BAD_REQUEST_400, "this port speaks TLS, so its address begins with https://");
        }
    }

    /** A request over HTTP/2, which names its host beside the headers, with the header that the rest of the server reads. */
    private static final class WithHost extends Request.Wrapper {

        private final HttpFields headers;

        WithHost(Request request) {
            super(request);
            String authority = request.getHttpURI().getAuthority();
            headers = authority == null
                    ? request.getHeaders()
                    : HttpFields.build(request.getHeaders())
                            .put(HttpHeader.HOST, authority)
                            .asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
