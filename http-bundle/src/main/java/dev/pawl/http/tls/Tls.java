package dev.pawl.http.tls;

import dev.pawl.base.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's TLS: its certificate, which is replaced while the server runs when its files change. A connection keeps the certificate with
 * which it began. Commands on this machine trust the file {@value #LOCAL_FILE} of the data folder, whatever the certificate's authority and
 * names are.
 */
public final class Tls implements AutoCloseable {

    /** The file of the data folder with the certificate in force and the one before, for commands that connect meanwhile. */
    static final String LOCAL_FILE = "server.crt";

    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** Only ciphers with forward secrecy and authenticated encryption are left. */
    private static final String[] WEAK_CIPHERS = {
        ".*_CBC_.*", "^TLS_RSA_.*", ".*_(MD5|SHA|SHA1)$", ".*_NULL_.*", ".*_anon_.*", ".*_EXPORT_.*"
    };

    /** The sessions that may be resumed; each takes a few kilobytes. */
    private static final int SESSIONS = 2_000;

    private final SslContextFactory.Server jetty = new SslContextFactory.Server();
    private final Path localFile;
    private final CertificateRenewal renewal;
    private volatile @Nullable ServerCertificate current;

    private Tls(TlsSettings settings, Path data, InstantSource clock) {
        this.localFile = data.resolve(LOCAL_FILE);
        this.renewal = new CertificateRenewal(settings, this::take, clock);
    }

    /**
     * Reads the certificate, and watches its files from then on.
     *
     * @param data the data folder
     * @throws IllegalStateException when the server cannot use it; the message is a sentence with a remedy
     */
    public static Tls open(TlsSettings settings, Path data, InstantSource clock) {
        var tls = new Tls(settings, data, clock);
        tls.jetty.setIncludeProtocols(PROTOCOLS);
        tls.jetty.setExcludeCipherSuites(WEAK_CIPHERS);
        tls.jetty.setUseCipherSuitesOrder(true);
        tls.jetty.setRenegotiationAllowed(false);
        try {
            tls.renewal.begin();
        } catch (WrongCertificateException wrong) {
            throw new IllegalStateException(wrong.getMessage());
        }
        return tls;
    }

    /** The names and addresses for which the certificate is valid, in lower case; a name may begin with {@code *.}. */
    public Set<String> names() {
        ServerCertificate certificate = current;
        return certificate == null ? Set.of() : certificate.names();
    }

    SslContextFactory.Server jetty() {
        return jetty;
    }

    /** Ends the watch; a second call is harmless. */
    @Override
    public void close() {
        renewal.close();
    }

    /** New connections get this certificate; sessions that began with another one are not resumed. */
    private void take(ServerCertificate certificate) throws WrongCertificateException {
        try {
            SSLContext context = context(certificate);
            announce(certificate);
            if (jetty.isStarted()) {
                jetty.reload(factory -> factory.setSslContext(context));
            } else {
                jetty.setSslContext(context);
            }
            current = certificate;
        } catch (Exception e) { // of any type, by Jetty's signature
            throw new WrongCertificateException("The certificate cannot be used by this Java: " + e.getMessage() + ".");
        }
    }

    private static SSLContext context(ServerCertificate certificate) throws GeneralSecurityException, IOException {
        char[] none = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, none);
        store.setKeyEntry("server", certificate.key(), none, certificate.chain().toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, none);
        KeyManager[] managers = keys.getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        // No client shows a certificate. The default would read all authorities of the JVM.
        context.init(managers, new TrustManager[0], null);
        context.getServerSessionContext().setSessionCacheSize(SESSIONS);
        return context;
    }

    private void announce(ServerCertificate certificate) {
        ServerCertificate before = current;
        try {
            String text = pem(certificate.leaf()) + (before == null ? "" : pem(before.leaf()));
            Path draft = localFile.resolveSibling(LOCAL_FILE + ".tmp");
            Files.writeString(draft, text);
            Files.move(draft, localFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("{} cannot be written: commands on this machine need --cacert or PAWL_CACERT ({})", localFile, e);
        }
    }

    private static String pem(X509Certificate certificate) throws GeneralSecurityException {
        return new Pem("CERTIFICATE", certificate.getEncoded()).text();
    }
}
