package dev.pawl.http.tls;

import dev.pawl.base.tls.Pem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads the server's certificate and key from the files that the settings name. */
final class TlsFiles {

    private static final String CERTIFICATE = "CERTIFICATE";

    /** The limit for a file; chains have a few thousand bytes. */
    private static final long LARGEST = 4L << 20;

    private final TlsSettings settings;

    TlsFiles(TlsSettings settings) {
        this.settings = settings;
    }

    /** Reads everything anew. */
    ServerCertificate read() throws WrongCertificateException {
        Path keyStore = settings.keyStore();
        return keyStore == null ? pem() : keyStore(keyStore);
    }

    private ServerCertificate pem() throws WrongCertificateException {
        Path certificate = Objects.requireNonNull(settings.certificate());
        Path key = Objects.requireNonNull(settings.key());
        List<X509Certificate> chain = chain(certificate);
        PrivateKey read = new PemKey("PAWL_TLS_KEY", key)
                .read(blocks("PAWL_TLS_KEY", key), chain.get(0).getPublicKey(), password());
        return ServerCertificate.of("PAWL_TLS_CERTIFICATE is \"" + certificate + "\"", read, chain);
    }

    private static List<X509Certificate> chain(Path file) throws WrongCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem block : blocks("PAWL_TLS_CERTIFICATE", file)) {
                if (block.label().equals(CERTIFICATE)) {
                    chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new WrongCertificateException("PAWL_TLS_CERTIFICATE is \"" + file
                    + "\", in which a certificate is damaged (" + e.getMessage() + "). Copy the file again.");
        }
        if (chain.isEmpty()) {
            throw new WrongCertificateException("PAWL_TLS_CERTIFICATE is \"" + file
                    + "\", which holds no certificate; it takes a PEM file with lines -----BEGIN CERTIFICATE-----.");
        }
        return chain;
    }

    private static List<Pem> blocks(String setting, Path file) throws WrongCertificateException {
        String text = new String(bytes(setting, file), StandardCharsets.ISO_8859_1);
        try {
            return Pem.read(text);
        } catch (IllegalArgumentException e) {
            throw new WrongCertificateException(
                    setting + " is \"" + file + "\", which is a damaged PEM file. Copy the file again.");
        }
    }

    private ServerCertificate keyStore(Path file) throws WrongCertificateException {
        String told = "PAWL_TLS_KEYSTORE is \"" + file + "\"";
        char[] password = password().orElse(new char[0]);
        byte[] bytes = bytes("PAWL_TLS_KEYSTORE", file);
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType()); // reads PKCS12 and JKS alike
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
                if (key instanceof PrivateKey own) {
                    return ServerCertificate.of(told, own, chain(store.getCertificateChain(alias)));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new WrongCertificateException(told + ", which cannot be opened (" + e.getMessage()
                    + "). It takes a key store of the type PKCS12 or JKS; its password is PAWL_TLS_PASSWORD, or the first"
                    + " line of the file PAWL_TLS_PASSWORD_FILE.");
        }
        throw new WrongCertificateException(
                told + ", which holds no private key. Import the key with its certificate.");
    }

    private static List<X509Certificate> chain(Certificate... certificates) {
        return List.of(certificates).stream().map(X509Certificate.class::cast).toList();
    }

    private Optional<char[]> password() throws WrongCertificateException {
        Path file = settings.passwordFile();
        if (file == null) {
            return settings.password().isEmpty()
                    ? Optional.empty()
                    : Optional.of(settings.password().toCharArray());
        }
        String text = new String(bytes("PAWL_TLS_PASSWORD_FILE", file), StandardCharsets.UTF_8);
        return Optional.of(text.lines().findFirst().orElse("").toCharArray());
    }

    private static byte[] bytes(String setting, Path file) throws WrongCertificateException {
        try {
            if (Files.size(file) <= LARGEST) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new WrongCertificateException(setting + " is \"" + file + "\", which cannot be read (" + e
                    + "). Let this user read it, or name another file.");
        }
        throw new WrongCertificateException(setting + " is \"" + file + "\", which has more than " + (LARGEST >> 20)
                + " MiB. Name the right file.");
    }
}
