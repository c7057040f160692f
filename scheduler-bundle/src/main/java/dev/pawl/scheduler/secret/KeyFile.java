package dev.pawl.scheduler.secret;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code secret.key} of the data folder, or the one that a setting names: 256 random bits in Base64, for its owner alone. It is made with the first value that is
 * sealed and is in no backup. Safe for many threads.
 */
public final class KeyFile {

    /** Its name in the data folder. */
    public static final String NAME = "secret.key";

    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final Path file;
    private final BooleanSupplier isAwaited;
    private @Nullable SecretKey key;

    /**
     * A key, which is read when it is first needed.
     *
     * @param isAwaited whether something is kept that only a former key opens, so that no other one may take its place
     */
    public KeyFile(Path file, BooleanSupplier isAwaited) {
        this.file = file;
        this.isAwaited = isAwaited;
    }

    private KeyFile(Path file, SecretKey key) {
        this(file, () -> false);
        this.key = key;
    }

    /** A key in memory alone, for values that only this process seals and opens. */
    public static KeyFile inMemory() {
        return new KeyFile(Path.of(NAME), new SecretKeySpec(randomBytes(), "AES"));
    }

    Path file() {
        return file;
    }

    /** The key; empty when there is none. */
    synchronized Optional<SecretKey> present() {
        if (key == null && Files.exists(file)) {
            key = read();
        }
        return Optional.ofNullable(key);
    }

    /**
     * The key, made when there is none; it is on disk before anything is sealed with it.
     *
     * @throws ProblemException {@code SECRET_KEY_MISSING} when there is none though it is awaited, or the file holds none
     */
    synchronized SecretKey orNew() {
        try {
            Optional<SecretKey> present = present();
            if (present.isPresent()) {
                return present.get();
            }
        } catch (UnreadableSecretException e) {
            throw new ProblemException(ProblemCode.SECRET_KEY_MISSING, String.valueOf(e.getMessage()), e);
        }
        if (isAwaited.getAsBoolean()) { // a new one here, and the former one could not be put back
            throw new ProblemException(
                    ProblemCode.SECRET_KEY_MISSING,
                    "The key " + file + " is not there, and secrets are kept that were encrypted with it.");
        }
        try {
            makeOnce();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The key " + file + ", with which secrets are kept, cannot be made: " + IoReason.of(e) + ".",
                    e);
        }
        SecretKey made = read();
        key = made;
        return made;
    }

    /** The fingerprint of something, which tells nothing of it to who has not the key. */
    String fingerprint(String name, byte[] of) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(orNew().getEncoded(), HMAC));
            mac.update(("fingerprint of " + name + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(of));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + HMAC + ".", e);
        }
    }

    private SecretKey read() {
        try {
            byte[] bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            if (bytes.length == BYTES) {
                return new SecretKeySpec(bytes, "AES");
            }
        } catch (IOException e) {
            throw new UnreadableSecretException("The key " + file + " cannot be read: " + IoReason.of(e) + ".");
        } catch (IllegalArgumentException noBase64) {
            throw new UnreadableSecretException(damaged());
        }
        throw new UnreadableSecretException(damaged());
    }

    private String damaged() {
        return "The file " + file + " holds no key; it takes " + BYTES + " bytes in Base64. Put the former file back.";
    }

    /** Makes the file unless it is there: several parts of the server have a key of their own for the one file. */
    private void makeOnce() throws IOException {
        synchronized (KeyFile.class) {
            if (!Files.exists(file)) {
                DurableFile.createForOwner(file, Base64.getEncoder().encodeToString(randomBytes()) + "\n");
            }
        }
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
