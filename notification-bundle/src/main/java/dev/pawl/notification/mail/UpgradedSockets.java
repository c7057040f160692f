package dev.pawl.notification.mail;

import dev.pawl.web.TrustedCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/** Encrypts sockets that are connected already, and verifies the server's name. The mail library asks for nothing else. */
final class UpgradedSockets extends SSLSocketFactory {

    private static final String[] OF_JVM = {};

    private final TrustedCertificates trust;

    UpgradedSockets(TrustedCertificates trust) {
        this.trust = trust;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return trust.upgrade(plain, host, port, TlsConfig.DEFAULT, HttpCoreContext.create());
    }

    private static IOException refused() {
        return new IOException("The conversation has a socket already.");
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw refused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw refused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw refused();
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return OF_JVM;
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return OF_JVM;
    }
}
