package dev.pawl.http.tls;

import dev.pawl.base.tls.Der;
import dev.pawl.base.tls.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A private key in a PEM file: PKCS#8, plain or encrypted, or the older forms of RSA (PKCS#1) and EC keys (SEC 1). */
final class PemKey {

    private final String told;

    PemKey(String setting, Path file) {
        this.told = setting + " is \"" + file + "\", ";
    }

    /**
     * Reads the first key.
     *
     * @param owner the public key that it should belong to; tells its kind, which the older forms do not
     */
    PrivateKey read(List<Pem> blocks, PublicKey owner, Optional<char[]> password) throws WrongCertificateException {
        Pem block = blocks.stream()
                .filter(found -> found.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(
                        () -> wrong(
                                "which holds no private key; it takes a PEM file with a line such as -----BEGIN PRIVATE KEY-----."));
        if (block.der().length == 0) {
            throw wrong(
                    "whose key is encrypted in an old form. Convert it with `openssl pkcs8 -topk8 -in OLD -out NEW`.");
        }
        byte[] pkcs8 =
                switch (block.label()) {
                    case "PRIVATE KEY" -> block.der();
                    case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> wrapped(block.der(), owner);
                    case "ENCRYPTED PRIVATE KEY" ->
                        decrypted(
                                block.der(),
                                password.orElseThrow(
                                        () -> wrong(
                                                "whose key is encrypted. Set PAWL_TLS_PASSWORD_FILE to a file with its password, or PAWL_TLS_PASSWORD.")));
                    default ->
                        throw wrong("which holds a " + block.label() + "; it takes keys of RSA, EC and Ed25519.");
                };
        try {
            return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw wrong("whose key does not belong to the certificate, which is for a key of the kind "
                    + owner.getAlgorithm() + ". Name the key for which the certificate was made.");
        }
    }

    /** Puts a key of an older form, which lacks its kind, into the form that names it, with the kind of its certificate. */
    private static byte[] wrapped(byte[] key, PublicKey owner) {
        return Der.sequence(Der.integer(BigInteger.ZERO), kind(owner.getEncoded()), Der.octetString(key));
    }

    /** The first value within the outermost sequence. */
    private static byte[] kind(byte[] publicKey) {
        int start = (publicKey[1] & 0x80) == 0 ? 2 : 2 + (publicKey[1] & 0x7f);
        return Arrays.copyOfRange(publicKey, start, start + 2 + publicKey[start + 1]);
    }

    private byte[] decrypted(byte[] encrypted, char[] password) throws WrongCertificateException {
        try {
            var info = new EncryptedPrivateKeyInfo(encrypted);
            // Of the scheme PBES2, only the parameters tell which one it is.
            String scheme =
                    info.getAlgName().startsWith("PBES2") || info.getAlgName().startsWith("1.2.840.113549.1.5.13")
                            ? String.valueOf(info.getAlgParameters())
                            : info.getAlgName();
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password)),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException | GeneralSecurityException e) {
            throw wrong(
                    "whose key cannot be decrypted (" + e.getMessage()
                            + "). Correct PAWL_TLS_PASSWORD_FILE or PAWL_TLS_PASSWORD; if it is right, convert the key with `openssl pkcs8 -topk8 -v2 aes-256-cbc`.");
        }
    }

    private WrongCertificateException wrong(String why) {
        return new WrongCertificateException(told + why);
    }
}
