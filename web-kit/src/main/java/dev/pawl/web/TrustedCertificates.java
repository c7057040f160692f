package dev.pawl.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities whose servers are trusted: those of the JVM, and others that an admin has configured, such as that of a
 * proxy that opens connections. They are read with the first connection that needs them. Safe for many threads.
 */
public final class TrustedCertificates implements TlsSocketStrategy {

    private final Collection<? extends Certificate> others;
    private @Nullable TlsSocketStrategy made;

    /**
     * Reads other authorities.
     *
     * @param pem their certificates in PEM, one after the other; empty for none
     * @throws IllegalArgumentException when it is no PEM
     */
    public TrustedCertificates(String pem) {
        try {
            others = pem.isBlank()
                    ? List.of()
                    : CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    "The trusted certificates are no certificates in PEM: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        return strategy().upgrade(socket, target, port, attachment, context);
    }

    private synchronized TlsSocketStrategy strategy() throws IOException {
        TlsSocketStrategy ready = made;
        if (ready == null) {
            try {
                ready = new DefaultClientTlsStrategy(context(), HostnameVerificationPolicy.BUILTIN, null);
            } catch (GeneralSecurityException e) {
                throw new IOException(
                        "The certificate authorities of the JVM cannot be read: " + e.getMessage() + ".", e);
            }
            made = ready;
        }
        return ready;
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        if (others.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
        all.load(null, null);
        int n = 0;
        for (Certificate each : others) {
            all.setCertificateEntry("other-" + n++, each);
        }
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                for (X509Certificate each : x509.getAcceptedIssuers()) {
                    all.setCertificateEntry("jvm-" + n++, each);
                }
            }
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(all), null);
        return context;
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
