package dev.pawl.it.torture;

import dev.pawl.it.server.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** Checks the database of a killed server without the server's code. */
final class DatabaseCheck {

    private static final List<String> FILES = List.of("pawl.db", "pawl.db-wal");

    /** The queries that find nothing in a sound database, by the defect that they would find. */
    private static final Map<String, String> FINDS_NOTHING = Map.of(
            "a damaged page",
            "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            "a row of a job that is gone",
            "SELECT * FROM pragma_foreign_key_check",
            "a count of jobs that is not the rows'",
            "SELECT status FROM job_counts c WHERE jobs <> (SELECT count(*) FROM jobs j WHERE j.status = c.status)",
            "a count of results that is not the rows'",
            "SELECT seq FROM jobs j WHERE results <> (SELECT count(*) FROM results r WHERE r.job = j.seq)",
            "a job that is over with results that are not final",
            "SELECT seq FROM jobs WHERE completed_at IS NOT NULL AND results <> final_results",
            "a gap in the results",
            "SELECT job FROM results GROUP BY job HAVING max(n) <> count(*)",
            "a lease of a job that does not run",
            "SELECT seq FROM jobs WHERE leased_until IS NOT NULL AND status <> 'running'",
            "a job that is over and is not, or the other way round",
            "SELECT seq FROM jobs WHERE (completed_at IS NULL) <> (status IN ('pending', 'running'))");

    private DatabaseCheck() {}

    /** Checks a copy, so that the next server finds the database as the killed one left it. */
    static void ofCopy(Path data, Path folder, Ledger ledger) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        for (String file : FILES) {
            if (Files.exists(data.resolve(file))) {
                Files.copy(data.resolve(file), copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.deleteIfExists(copy.resolve(file));
            }
        }
        Files.deleteIfExists(copy.resolve("pawl.db-shm"));
        of(copy, ledger);
    }

    /** Checks the database of a folder. */
    static void of(Path data, Ledger ledger) {
        try (Connection connection = StoreFile.open(data);
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> check : FINDS_NOTHING.entrySet()) {
                try (ResultSet found = statement.executeQuery(check.getValue())) {
                    if (found.next()) {
                        ledger.violation("the database has " + check.getKey() + ": " + found.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            ledger.violation("the database cannot be read: " + e);
        }
    }
}
