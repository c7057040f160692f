package dev.pawl.http.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of the server's certificate, its key and its password: either two PEM files, which may be the same, or a key store.
 *
 * @param certificate the PEM file with the certificate and those of its authorities; null with a key store
 * @param key the PEM file with the key; null with a key store
 * @param keyStore the key store; null with PEM files
 * @param passwordFile the file whose first line is the password; null when there is none
 * @param password the password; empty when there is none
 */
public record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path keyStore,
        @Nullable Path passwordFile,
        String password) {

    /**
     * Reads the settings; empty when the server speaks plain HTTP.
     *
     * @param properties looks up a property by name; null when it is not set
     * @throws IllegalStateException when they contradict each other
     */
    public static Optional<TlsSettings> read(UnaryOperator<@Nullable String> properties) {
        Path certificate = path(properties, "pawl.tls.certificate");
        Path key = path(properties, "pawl.tls.key");
        Path keyStore = path(properties, "pawl.tls.keystore");
        if (certificate != null && keyStore != null) {
            throw new IllegalStateException(
                    "Both PAWL_TLS_CERTIFICATE and PAWL_TLS_KEYSTORE are set. Choose one of them.");
        }
        if (certificate == null && key != null) {
            throw new IllegalStateException("PAWL_TLS_KEY is set without PAWL_TLS_CERTIFICATE. Set that too.");
        }
        if (certificate == null && keyStore == null) {
            return Optional.empty();
        }
        Path passwordFile = path(properties, "pawl.tls.password.file");
        String password = properties.apply("pawl.tls.password");
        return Optional.of(new TlsSettings(
                certificate,
                key == null ? certificate : key,
                keyStore,
                passwordFile,
                password == null ? "" : password));
    }

    /** The files whose change means another certificate. */
    List<Path> files() {
        return Stream.of(
                        Optional.ofNullable(certificate),
                        Optional.ofNullable(key),
                        Optional.ofNullable(keyStore),
                        Optional.ofNullable(passwordFile))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static @Nullable Path path(UnaryOperator<@Nullable String> properties, String name) {
        String text = properties.apply(name);
        return text == null || text.isBlank() ? null : Path.of(text.strip());
    }

    @Override
    public String toString() {
        return "TLS with " + files(); // never the password
    }
}
