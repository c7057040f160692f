package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys and certificates whose signatures are trusted.
 *
 * @param certificates certificates of signers, or of authorities that issue them
 * @param keys public keys of signers, without a certificate
 */
record TrustedKeys(List<X509Certificate> certificates, List<PublicKey> keys) {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> SUFFIXES = List.of(".pem", ".crt", ".cer");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA");
    private static final long LARGEST_FILE_BYTES = 1L << 20;

    TrustedKeys {
        certificates = List.copyOf(certificates);
        keys = List.copyOf(keys);
    }

    /**
     * Reads a PEM file, or the files of a folder that end with {@code .pem}, {@code .crt} or {@code .cer}. Throws a {@link
     * ProblemException} when a file cannot be read, or there is none, so that a mistake never leaves signatures unchecked.
     */
    static TrustedKeys read(Path place) {
        List<X509Certificate> certificates = new ArrayList<>();
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (Path file : files(place)) {
                Matcher block = PEM.matcher(text(file));
                while (block.find()) {
                    byte[] der = Base64.getMimeDecoder().decode(block.group(2));
                    if (block.group(1).equals("CERTIFICATE")) {
                        certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(der)));
                    } else {
                        keys.add(key(der));
                    }
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.UNTRUSTED, "The trusted keys in " + place + " cannot be read: " + e.getMessage(), e);
        }
        if (certificates.isEmpty() && keys.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNTRUSTED, "There is neither a certificate nor a public key in " + place + ".");
        }
        return new TrustedKeys(certificates, keys);
    }

    private static List<Path> files(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> SUFFIXES.stream()
                            .anyMatch(file.getFileName().toString().toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE_BYTES) {
            throw new IOException(file + " has more than " + (LARGEST_FILE_BYTES >> 20) + " MiB");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static PublicKey key(byte[] der) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        GeneralSecurityException last = new GeneralSecurityException("a public key is of an unknown kind");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(spec);
            } catch (GeneralSecurityException anotherKind) {
                last.addSuppressed(anotherKind);
            }
        }
        throw last;
    }
}
