package dev.pawl.cli.client;

import dev.pawl.base.net.Loopback;
import dev.pawl.cli.client.ServerAddress.Origin;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides which certificates of a server a command trusts: those of the authorities that the user named, or those that the JVM trusts, and
 * on the server's own machine the one that the server has put into its data folder, whatever its names and its authority are.
 */
final class ServerTrust {

    private static final String LOCAL_FILE = "server.crt";

    private ServerTrust() {}

    /** The TLS for an address; empty when the JVM's own settings apply. */
    static Optional<SSLContext> of(ServerAddress address) {
        try {
            if ("http".equals(address.url().getScheme())) {
                // The default reads all authorities of the JVM, which takes a quarter of a command's time.
                return Optional.of(context());
            }
            if (!address.authorities().isEmpty()) {
                return Optional.of(context(trust(store(address.authorities()))));
            }
            List<X509Certificate> own = isOfThisMachine(address) ? left(address.dataDir()) : List.of();
            return own.isEmpty() ? Optional.empty() : Optional.of(context(new Own(own)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS.", e);
        }
    }

    private static boolean isOfThisMachine(ServerAddress address) {
        return address.origin() != Origin.OPTION
                || Loopback.isReached(address.url().getHost());
    }

    private static List<X509Certificate> left(Path dataDir) {
        try {
            Path file = dataDir.resolve(LOCAL_FILE);
            return Files.exists(file) ? PemCertificates.read(file) : List.of();
        } catch (IOException | CertificateException e) {
            return List.of(); // then the JVM decides, and says what it does not trust
        }
    }

    private static SSLContext context(TrustManager... managers) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers, null);
        return context;
    }

    private static KeyStore store(List<X509Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority" + i, certificates.get(i));
        }
        return store;
    }

    /** @param store the authorities; null for those of the JVM */
    private static X509ExtendedTrustManager trust(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /** Trusts the server's own certificates by themselves, and others as the JVM does. */
    private static final class Own extends X509ExtendedTrustManager {

        private final List<X509Certificate> own;

        Own(List<X509Certificate> own) {
            this.own = own;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (!own.contains(chain[0])) {
                others().checkServerTrusted(chain, type, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            if (!own.contains(chain[0])) {
                others().checkServerTrusted(chain, type, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (!own.contains(chain[0])) {
                others().checkServerTrusted(chain, type);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("A command is no server.");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("A command is no server.");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("A command is no server.");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static X509ExtendedTrustManager others() throws CertificateException {
            try {
                return trust(null);
            } catch (GeneralSecurityException e) {
                throw new CertificateException(e);
            }
        }
    }
}
