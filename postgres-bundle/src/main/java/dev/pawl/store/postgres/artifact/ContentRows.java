package dev.pawl.store.postgres.artifact;

import dev.pawl.service.store.RunId;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The rows of contents of artifacts. Contents are written in transactions of some megabytes, so that small ones share one and large ones are no
 * long transaction: that they are whole is said by the record of their artifact alone.
 */
public final class ContentRows {

    private static final int PART_BYTES = 512 << 10;
    private static final long BYTES_OF_A_TRANSACTION = 8L << 20;

    private static final String REMOVE = "DELETE FROM artifact_contents WHERE job = ? AND name = ?";
    private static final String ADD =
            "INSERT INTO artifact_contents (job, name, epoch, kept_at) VALUES (?, ?, ?, " + StoreClock.MICROS + ")";
    private static final String ADD_PART = "INSERT INTO artifact_parts (job, name, n, body) VALUES (?, ?, ?, ?)";
    private static final String PART = "SELECT body FROM artifact_parts WHERE job = ? AND name = ? AND n = ?";
    private static final String IS_THERE = "SELECT count(*) FROM artifact_contents WHERE job = ? AND name = ?";
    private static final String UNRECORDED =
            " AND NOT EXISTS (SELECT 1 FROM artifact_sets s JOIN artifacts a ON a.job = s.job WHERE s.folder = c.job AND a.file = c.name)";
    private static final String TIDY = "DELETE FROM artifact_contents c WHERE c.job = ? AND c.epoch <= ?" + UNRECORDED;
    private static final String FORGET =
            "DELETE FROM artifact_contents c WHERE c.kept_at < " + StoreClock.MICROS + " - ?" + UNRECORDED;

    private ContentRows() {}

    /** Keeps contents; false when it was given up, and some may be kept. */
    public static boolean keep(Session session, RunId run, Map<String, Path> files, BooleanSupplier giveUp)
            throws SQLException, IOException {
        session.script("BEGIN");
        long written = 0;
        for (Map.Entry<String, Path> each : files.entrySet()) {
            String name = each.getKey();
            session.update(REMOVE, run.job(), name);
            session.update(ADD, run.job(), name, run.epoch());
            try (InputStream in = Files.newInputStream(each.getValue())) {
                int n = 0;
                for (byte[] part = in.readNBytes(PART_BYTES); part.length > 0; part = in.readNBytes(PART_BYTES)) {
                    if (giveUp.getAsBoolean()) {
                        return false;
                    }
                    session.update(ADD_PART, run.job(), name, n, part);
                    n++;
                    written += part.length;
                    if (written >= BYTES_OF_A_TRANSACTION) {
                        session.script("COMMIT; BEGIN");
                        written = 0;
                    }
                }
            }
        }
        session.script("COMMIT");
        return true;
    }

    /** Writes contents to a new file; false when they are not there. */
    public static boolean fetch(Session session, UUID job, String name, Path file) throws SQLException, IOException {
        if (session.number(IS_THERE, job, name) == 0) {
            return false;
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            int n = 0;
            for (Optional<byte[]> part = part(session, job, name, n);
                    part.isPresent();
                    part = part(session, job, name, n)) {
                out.write(part.get());
                n++;
            }
        }
        return true;
    }

    private static Optional<byte[]> part(Session session, UUID job, String name, int n) throws SQLException {
        return session.first(PART, row -> Objects.requireNonNull(row.getBytes(1)), job, name, n);
    }

    /** Removes contents of runs up to this one that have no record. */
    public static int tidy(Session session, RunId run) throws SQLException {
        return session.update(TIDY, run.job(), run.epoch());
    }

    /** Removes contents that have no record and are older than a time. */
    public static int forgetUnrecorded(Session session, Duration within) throws SQLException {
        return session.update(FORGET, within.toMillis() * 1_000);
    }
}
