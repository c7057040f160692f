package dev.pawl.http.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the certificate when its files have changed. Files that do not fit together, such as those of a renewal that has written only one
 * of two, change nothing; when they stay so, the log says it once.
 */
final class CertificateRenewal implements AutoCloseable {

    /** Takes a certificate into use. */
    interface Taker {
        void take(ServerCertificate certificate) throws WrongCertificateException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final Duration WARNED_BEFORE = Duration.ofDays(14);

    private final TlsSettings settings;
    private final TlsFiles files;
    private final Taker taker;
    private final InstantSource clock;
    private final FileChanges changes;
    private Instant expiresAt = Instant.MAX;
    private Instant warnAt = Instant.MAX;
    private String served = "";
    private String suspected = "";
    private String refused = "";

    CertificateRenewal(TlsSettings settings, Taker taker, InstantSource clock) {
        this.settings = settings;
        this.files = new TlsFiles(settings);
        this.taker = taker;
        this.clock = clock;
        this.changes = new FileChanges(settings.files(), this::look);
    }

    /** Takes the first certificate, and watches the files from then on. */
    void begin() throws WrongCertificateException {
        take(contents());
        warnOfExpiry();
        changes.begin();
    }

    /**
     * Compares the files with what is in use.
     *
     * @return whether to look again in a moment, because they may be half-written
     */
    boolean look() {
        warnOfExpiry();
        String contents = contents();
        if (contents.equals(served)) {
            refused = "";
            return false;
        }
        if (contents.equals(refused)) {
            return false;
        }
        try {
            take(contents);
            LOG.info("New connections get the changed certificate, which is valid until {}", expiresAt);
            warnOfExpiry();
            return false;
        } catch (WrongCertificateException wrong) {
            if (!contents.equals(suspected)) {
                suspected = contents;
                return true;
            }
            refused = contents;
            LOG.warn(
                    "The certificate in use stays, since its files have changed to something else: {}",
                    wrong.getMessage());
            return false;
        }
    }

    private void take(String contents) throws WrongCertificateException {
        ServerCertificate certificate = files.read();
        taker.take(certificate);
        served = contents;
        refused = "";
        expiresAt = certificate.expiresAt();
        warnAt = expiresAt.minus(WARNED_BEFORE);
    }

    private void warnOfExpiry() {
        Instant now = clock.instant();
        if (now.isBefore(warnAt)) {
            return;
        }
        boolean over = !now.isBefore(expiresAt);
        warnAt = over ? Instant.MAX : expiresAt;
        LOG.warn(
                over
                        ? "The server's certificate expired at {}: clients refuse it. Replace {}"
                        : "The server's certificate expires at {}. Replace {}",
                expiresAt,
                settings.files());
    }

    /** A digest of all files; a file that cannot be read counts as such. */
    private String contents() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : settings.files()) {
                digest.update(bytes(file));
                digest.update((byte) '\n');
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            return e.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
