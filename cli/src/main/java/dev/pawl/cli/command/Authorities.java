package dev.pawl.cli.command;

import dev.pawl.cli.client.PemCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The file of {@code --cacert} or PAWL_CACERT: the certificates by which a server's certificate is trusted. */
final class Authorities {

    private Authorities() {}

    static List<X509Certificate> read(Path file) throws UsageException {
        List<X509Certificate> read;
        try {
            read = PemCertificates.read(file);
        } catch (IOException | CertificateException e) {
            throw wrong(file, "cannot be read as a PEM file of certificates (" + e.getMessage() + ").");
        }
        if (read.isEmpty()) {
            throw wrong(file, "holds no certificate; it takes a PEM file.");
        }
        Instant now = InstantSource.system().instant();
        if (read.stream().allMatch(one -> end(one).isBefore(now))) { // Java would trust it
            throw wrong(file, "expired at " + end(read.get(0)) + ". Copy the new one from the server.");
        }
        return read;
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private static UsageException wrong(Path file, String why) {
        return new UsageException("--cacert is \"" + file + "\", which " + why);
    }
}
