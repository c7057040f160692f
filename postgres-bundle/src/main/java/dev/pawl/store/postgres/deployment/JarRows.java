package dev.pawl.store.postgres.deployment;

import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The rows of jars: one for each jar, and one for each of its parts, which come and go with it in one transaction. */
public final class JarRows {

    private static final int PART_BYTES = 512 << 10;

    private static final String BYTES = "SELECT bytes FROM module_jars WHERE sha256 = ?";
    private static final String PART =
            "INSERT INTO module_jar_parts (sha256, n, body) VALUES (?, ?, ?) ON CONFLICT (sha256, n) DO NOTHING";
    private static final String BODY = "SELECT body FROM module_jar_parts WHERE sha256 = ? AND n = ?";
    private static final String ADD = "INSERT INTO module_jars (sha256, bytes, kept_at) VALUES (?, ?, "
            + StoreClock.MICROS + ") ON CONFLICT (sha256) DO NOTHING";
    private static final String WANT = "UPDATE module_jars SET kept_at = " + StoreClock.MICROS + " WHERE sha256 = ?";
    private static final String FORGET =
            "WITH gone AS (DELETE FROM module_jars jar WHERE kept_at < " + StoreClock.MICROS
                    + " - ? AND NOT EXISTS (SELECT FROM deployments named WHERE named.sha256 = jar.sha256) RETURNING sha256) "
                    + "DELETE FROM module_jar_parts part USING gone WHERE part.sha256 = gone.sha256";

    private JarRows() {}

    /** Keeps a jar; returns whether it was not there. A connection that is closed before it returns keeps nothing. */
    public static boolean keep(Session session, String sha256, Path jar) throws SQLException, IOException {
        session.script("BEGIN");
        if (session.update(WANT, sha256) > 0) { // and is not forgotten before a deployment names it
            session.script("COMMIT");
            return false;
        }
        long bytes = 0;
        try (InputStream in = Files.newInputStream(jar)) {
            int n = 0;
            for (byte[] part = in.readNBytes(PART_BYTES); part.length > 0; part = in.readNBytes(PART_BYTES)) {
                session.update(PART, sha256, n++, part);
                bytes += part.length;
            }
        }
        boolean isNew = session.update(ADD, sha256, bytes) > 0;
        session.script("COMMIT");
        return isNew;
    }

    /** Writes a jar to a new file; returns whether it is kept. */
    public static boolean fetch(Session session, String sha256, Path file) throws SQLException, IOException {
        long missing = session.first(BYTES, row -> row.getLong(1), sha256).orElse(-1L);
        if (missing < 0) {
            return false;
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int n = 0; missing > 0; n++) {
                Optional<byte[]> part = session.first(BODY, row -> Objects.requireNonNull(row.getBytes(1)), sha256, n);
                if (part.isEmpty()) {
                    return false; // forgotten meanwhile
                }
                out.write(part.get());
                missing -= part.get().length;
            }
        }
        return true;
    }

    /** Forgets jars that no deployment names and that are older than a time. */
    public static int forgetUnnamed(Session session, Duration within) throws SQLException {
        return session.update(FORGET, within.toMillis() * 1_000);
    }
}
