package dev.pawl.http.condition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A SHA-256 digest of several parts, each of which is told apart from the next. */
public final class Digest {

    private static final int PIECE = 32 << 10;

    private final MessageDigest sha256;

    public Digest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Adds a text. */
    public Digest with(String part) {
        return with(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds bytes. */
    public Digest with(byte[] part) {
        sha256.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha256.update(part);
        return this;
    }

    /** Adds the contents of a file. */
    public Digest with(Path file) throws IOException {
        sha256.update((Files.size(file) + ":").getBytes(StandardCharsets.US_ASCII));
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                sha256.update(piece, 0, length);
            }
        }
        return this;
    }

    /** The digest in Base64 for addresses, 43 characters. */
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
    }
}
