package dev.pawl.http.tls;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate that the server can show, with the key that belongs to it.
 *
 * @param key its private key
 * @param chain the certificate, followed by those of its authorities
 * @param names the names and addresses for which it is valid, in lower case
 */
record ServerCertificate(PrivateKey key, List<X509Certificate> chain, Set<String> names) {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    ServerCertificate {
        chain = List.copyOf(chain);
        names = Set.copyOf(names);
    }

    /**
     * Joins a key and a certificate.
     *
     * @param told the setting and its value, for messages
     * @throws WrongCertificateException when they do not belong together
     */
    static ServerCertificate of(String told, PrivateKey key, List<X509Certificate> chain)
            throws WrongCertificateException {
        try {
            if (!belongTogether(key, chain.get(0))) {
                throw new WrongCertificateException(told
                        + ", whose first certificate does not belong to the key. Name the key for which it was made.");
            }
            return new ServerCertificate(key, chain, names(chain.get(0)));
        } catch (GeneralSecurityException e) {
            throw new WrongCertificateException(
                    told + ", which this Java cannot use (" + e.getMessage() + "). Take a key of RSA, EC or Ed25519.");
        }
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] text = {1};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(text);
        byte[] signed = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        try {
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(text);
            return verifying.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        Set<String> names = new HashSet<>();
        for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
            if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                names.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    X509Certificate leaf() {
        return chain.get(0);
    }

    Instant expiresAt() {
        return leaf().getNotAfter().toInstant();
    }

    /** The SHA-256 of the certificate as hexadecimal digits with colons, as browsers and openssl show it. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(leaf().getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
