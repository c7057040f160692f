package dev.pawl.samples.mail;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.mail.MailSettings.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server of the settings, checked.
 *
 * @param host its name
 * @param settings the settings
 */
record SmtpServer(String host, MailSettings settings) {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Checks the settings. */
    static SmtpServer of(MailSettings settings) throws ValidationException {
        String host = settings.host();
        if (host == null || host.isBlank()) {
            throw new ValidationException(
                    "The setting host of mail is missing; an admin gives it with `pawl module settings mail -s host=…`.");
        }
        if ((settings.user() == null) != (settings.password() == null)) {
            throw new ValidationException(
                    "The settings user and password of mail go together; one of them is missing.");
        }
        requireDuration("timeout", settings.timeout(), SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        requireDuration("retry_wait", settings.retryWait(), Duration.ZERO, LONGEST_WAIT);
        return new SmtpServer(host.strip(), settings);
    }

    private static void requireDuration(String name, Duration value, Duration min, Duration max)
            throws ValidationException {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new ValidationException("The setting " + name + " of mail is " + value.toMillis() + "ms; it takes "
                    + min.toMillis() + "ms to " + max.toMinutes() + "m.");
        }
    }

    /** Whether the password goes over the network as it is. */
    boolean exposesPassword() {
        return settings.user() != null && settings.tls() == Tls.NONE;
    }

    String place() {
        return host + ":" + settings.usedPort();
    }

    /** The sockets for encryption, which verify the server's name and trust the certificates of the settings, or the JVM's. */
    SSLSocketFactory encryptedSockets() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted(settings.certificates()));
        context.init(null, trust.getTrustManagers(), null);
        return new NamedTlsSockets(context.getSocketFactory());
    }

    private static @Nullable KeyStore trusted(@Nullable String file) throws IOException, GeneralSecurityException {
        if (file == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                count++;
                store.setCertificateEntry("trusted-" + count, each);
            }
        } catch (IOException | InvalidPathException | GeneralSecurityException e) {
            throw new IOException(
                    "The setting certificates of mail is " + file + ", which cannot be read: " + e + ".", e);
        }
        return store;
    }
}
