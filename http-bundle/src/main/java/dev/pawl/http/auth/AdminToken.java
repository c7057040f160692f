package dev.pawl.http.auth;

import dev.pawl.base.file.DurableFile;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token in the file {@code admin.token} of the data folder, readable only by its owner. There is always one: it is created on the first
 * start and whenever the file is gone. The file decides: when it is replaced, the token that it held before has ended. Safe for use by several
 * threads.
 */
final class AdminToken {

    /** The id, and the name, of the token. */
    static final String ID = "admin";

    private static final Logger LOG = LoggerFactory.getLogger(AdminToken.class);
    private static final int SHORTEST = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;
    private final Path file;
    private final InstantSource clock;
    private volatile @Nullable Known known;
    private @Nullable Stamp stamp;
    private boolean warned;

    /** The token that the file held when it was read. */
    private record Known(TokenHash hash, LiveToken live) {}

    /** By which another file is told from the one that was read. */
    private record Stamp(@Nullable Object key, FileTime changed, long size) {

        static @Nullable Stamp of(Path file) throws IOException {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(found.fileKey(), found.lastModifiedTime(), found.size());
            } catch (NoSuchFileException none) {
                return null;
            }
        }
    }

    private AdminToken(Path folder, InstantSource clock) {
        this.folder = folder;
        this.file = folder.resolve("admin.token");
        this.clock = clock;
    }

    /** Reads the token, or creates one. The file appears complete or not at all. */
    static AdminToken in(Path folder, InstantSource clock) throws IOException {
        var token = new AdminToken(folder, clock);
        synchronized (token) {
            token.read();
        }
        return token;
    }

    /** The token, when this is its hash. */
    Optional<LiveToken> find(TokenHash hash) {
        Known now = known;
        return now != null && now.hash().matches(hash) ? Optional.of(now.live()) : Optional.empty();
    }

    /** The token; empty while the file cannot be used. */
    Optional<Token> token() {
        Known now = known;
        return now == null ? Optional.empty() : Optional.of(now.live().token());
    }

    /** The answer to a challenge, which proves knowledge of the token; empty while the file cannot be used. */
    Optional<String> proof(String host, String challenge) {
        Known now = known;
        return now == null ? Optional.empty() : Optional.of(now.hash().proof(host, challenge));
    }

    /** Replaces the token by a new one; the old one has ended when this returns. */
    synchronized IssuedToken rotate() throws IOException {
        String secret = create();
        know(secret);
        return new IssuedToken(token().orElseThrow(), secret);
    }

    /** Looks whether the file was replaced or removed. A file that cannot be used leaves no admin token, and is named in the log once. */
    synchronized void look() {
        try {
            Stamp now = Stamp.of(file);
            if (now == null || !now.equals(stamp)) {
                stamp = now;
                read();
                warned = false;
                LOG.info("Read the admin token in {} again", file);
            }
        } catch (IOException unusable) {
            end();
            if (!warned) {
                LOG.warn("The admin token has ended: {}", unusable.getMessage());
                warned = true;
            }
        }
    }

    private void read() throws IOException {
        if (Stamp.of(file) == null) {
            know(create());
            LOG.info("Made the admin token in {}", file);
            return;
        }
        String token = text();
        if (token.length() < SHORTEST) {
            throw new IOException(file + " holds " + token.length() + " characters; a token has at least " + SHORTEST
                    + ". Delete the file, and a new one is created.");
        }
        guard();
        know(token);
    }

    private String text() throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            // without its cause: the report of a failed start shows the innermost exception
            throw new IOException("The admin token in " + file + " cannot be read (" + e
                    + "). Let this user read it, or delete it, and a new one is created.");
        }
    }

    private String create() throws IOException {
        String secret = TokenSecret.random();
        Files.createDirectories(folder);
        DurableFile.createForOwner(file, secret + "\n");
        DurableFile.forceNames(folder); // a power failure must not bring the old one back
        return secret;
    }

    private void know(String token) throws IOException {
        stamp = Stamp.of(file);
        TokenHash hash = TokenHash.of(token);
        Known now = known;
        if (now == null || !now.hash().matches(hash)) {
            end();
            var principal = new Principal(ID, ID, Role.ADMIN);
            var read = new Token(principal, Files.getLastModifiedTime(file).toInstant(), null, null);
            known = new Known(hash, new LiveToken(read, clock));
        }
    }

    private void end() {
        Known before = known;
        known = null;
        if (before != null) {
            before.live().revoke();
        }
    }

    private void guard() throws IOException {
        if (hasPermissions(file) && !Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            LOG.warn("{} was readable by other users; now only its owner can read it", file);
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
