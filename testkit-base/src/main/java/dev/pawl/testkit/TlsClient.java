package dev.pawl.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Clients that accept any certificate, since these tests look at it themselves. */
public final class TlsClient {

    private TlsClient() {}

    /** A client over HTTP. */
    public static HttpClient http(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(context()).build();
    }

    /** The answer to a GET. */
    public static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The certificate that a new connection gets. */
    public static X509Certificate shown(int port) throws IOException {
        try (SSLSocket socket = connect(port)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    /** A connection after its handshake. */
    public static SSLSocket connect(int port, String... protocols) throws IOException {
        Socket socket = context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLSocket encrypted = (SSLSocket) socket;
        encrypted.setSoTimeout(10_000);
        if (protocols.length > 0) {
            encrypted.setEnabledProtocols(protocols);
        }
        encrypted.startHandshake();
        return encrypted;
    }

    /** The protocol that the server chooses by ALPN. */
    public static String chosen(int port, String... offered) throws IOException {
        Socket socket = context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        try (SSLSocket encrypted = (SSLSocket) socket) {
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setApplicationProtocols(offered);
            encrypted.setSSLParameters(parameters);
            encrypted.startHandshake();
            return encrypted.getApplicationProtocol();
        }
    }

    /** A connection for HTTP/2, after its handshake. */
    public static SSLSocket connectHttp2(int port) throws IOException {
        Socket socket = context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLSocket encrypted = (SSLSocket) socket;
        encrypted.setSoTimeout(10_000);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
