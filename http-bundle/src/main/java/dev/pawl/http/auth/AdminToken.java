package dev.pawl.http.auth;

import dev.pawl.base.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file {@code admin.token} in the data folder: 256 random bits, created on the first start, readable only by its owner. */
public final class AdminToken {

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int BYTES = 32;
    private static final int SHORTEST = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private AdminToken() {}

    /** Reads the token, or creates one. The file appears complete or not at all. */
    static TokenHash load(Path folder) throws IOException {
        Path file = folder.resolve("admin.token");
        if (!Files.exists(file)) {
            create(folder, file);
        }
        String token = read(file);
        if (token.length() < SHORTEST) {
            throw new IOException(file + " holds " + token.length() + " characters; a token has at least " + SHORTEST
                    + ". Delete the file, and the next start will create a new one.");
        }
        guard(file);
        return TokenHash.of(token);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            // without its cause: the report of a failed start shows the innermost exception
            throw new IOException("The admin token in " + file + " cannot be read (" + e
                    + "). Let this user read it, or delete it, and the next start will create a new one.");
        }
    }

    private static void create(Path folder, Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        Files.createDirectories(folder);
        DurableFile.createForOwner(file, token);
        LOG.info("Made the admin token in {}", file);
    }

    private static void guard(Path file) throws IOException {
        if (hasPermissions(file) && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            LOG.warn("{} was readable by other users; now only its owner can read it", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
