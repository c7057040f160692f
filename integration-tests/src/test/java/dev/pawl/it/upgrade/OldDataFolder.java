package dev.pawl.it.upgrade;

import dev.pawl.it.server.StoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A data folder that a server of schema version 9 left behind when it was killed, as it was: three jobs completed, one stopped, one running
 * at its 267th checkpoint, and most of it in the write-ahead log.
 */
final class OldDataFolder {

    /** The schema version of its store. */
    static final int SCHEMA = 9;

    /** The number of jobs that have completed in it. */
    static final int COMPLETED = 3;

    /** The job that was running. */
    static final String RUNNING = "000067ad-7655-85d5-85d6-82ec476e52e6";

    /** The number of results that it is to have in the end. */
    static final int RESULTS = 290;

    private OldDataFolder() {}

    /** Unpacks it. The running job is told to end soon after its checkpoint. */
    static void unpack(Path data) throws IOException, SQLException {
        try (InputStream packed =
                        Objects.requireNonNull(OldDataFolder.class.getResourceAsStream("/upgrade/schema-9.zip"));
                ZipInputStream zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path place = data.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(place);
                } else {
                    Files.createDirectories(place.getParent());
                    Files.copy(zip, place);
                }
            }
        }
        change(data, "UPDATE jobs SET request = replace(request, '6000', '" + RESULTS + "')");
    }

    /** Adds completed jobs with a log line each, so that a migration takes a while. */
    static void fill(Path data, int jobs) throws SQLException {
        change(data, """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                INSERT INTO jobs (id, status, module_key, rank, priority, created_at, started_at, completed_at, search_title, \
                lines, log_size, request)
                SELECT randomblob(16), 'completed', 'hello', 1000, 0, 1795991317293578 + i, 1795991317293579 + i, \
                1795991317293580 + i, 'hello', 1, 500, (SELECT request FROM jobs WHERE seq = 1) FROM n\
                """.formatted(jobs));
        change(data, """
                INSERT INTO log_lines (job, n, at, level, task_index, epoch, message)
                SELECT seq, 1, created_at, 'INFO', 0, 1, hex(randomblob(250)) FROM jobs WHERE seq > 5\
                """);
        change(data, "UPDATE job_counts SET jobs = jobs + " + jobs + " WHERE status = 'completed'");
    }

    static void change(Path data, String sql) throws SQLException {
        try (Connection store = StoreFile.open(data);
                Statement statement = store.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static int number(Path data, String sql) throws SQLException {
        try (Connection store = StoreFile.open(data);
                Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.getInt(1);
        }
    }
}
