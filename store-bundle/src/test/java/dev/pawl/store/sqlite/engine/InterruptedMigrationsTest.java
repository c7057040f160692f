package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteDataSource;

/** The migration of a store of the first release to the present one, ended at each of its steps: the store is as it was, or as it is to be. */
class InterruptedMigrationsTest {

    private static final int JOBS = 40;
    private static final int WAL_HEADER = 32;
    private static final int FRAME_HEADER = 24;

    private static final String ROWS = """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            INSERT INTO jobs (id, status, module_key, rank, priority, created_at, search_title)
            SELECT randomblob(16), 'completed', 'hello', 1000, 0, i, 'hello' FROM n;
            INSERT INTO requests SELECT seq, hex(zeroblob(400)) FROM jobs;
            INSERT INTO log_lines SELECT seq, 1, 1, 'INFO', 0, 1, 'a line' FROM jobs;
            INSERT INTO deployments VALUES (1, 'b', '1.0.0', 'aa', '[]', 'upload', NULL, 1, 1, 'admin', 1)
            """.formatted(JOBS);

    /** A sum of all that the first release had, and that each later one keeps. */
    private static final String CONTENTS = "SELECT (SELECT count(*) FROM jobs WHERE status = 'completed') * 1000000"
            + " + (SELECT jobs FROM job_counts WHERE status = 'completed') * 1000 + (SELECT count(*) FROM requests)"
            + " + (SELECT count(*) FROM log_lines)";

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private Path file;
    private long contents;
    private String schema = "";

    @BeforeEach
    void makeAStoreOfTheFirstRelease() throws SQLException, IOException {
        file = Files.createDirectory(folder.resolve("old")).resolve("pawl.db");
        String first;
        try (InputStream script = Objects.requireNonNull(Migrations.class.getResourceAsStream("001-jobs.sql"))) {
            first = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Session session = new Database(file).writer()) {
            new Migrations(file, clock, List.of(first), null).run(session);
            session.script("BEGIN");
            session.script(ROWS);
            session.script("COMMIT");
            contents = session.number(CONTENTS);
            schema = schema(session);
        }
    }

    @Test
    void aKillWhileItsStatementsRunLeavesTheStoreOfBefore() throws Exception {
        List<Path> kills = new ArrayList<>();
        Path store = copy(file, "running");
        try (Connection connection = connection(store)) {
            var session = new Session(connection);
            session.script("PRAGMA cache_size = 2"); // pages go to the log while the transaction runs
            ProgressHandler.setHandler(connection, 20, new ProgressHandler() {
                private long written = -1;

                @Override
                protected int progress() {
                    long size = size(store + "-wal");
                    if (size != written) {
                        written = size;
                        kills.add(copy(store, "kill-" + kills.size()));
                    }
                    return 0;
                }
            });
            Migrations.ofThisRelease(store, clock, null).run(session);
            ProgressHandler.clearHandler(connection);
        }
        assertNew(store);
        long inTheLog =
                kills.stream().filter(kill -> size(kill + "-wal") > WAL_HEADER).count();
        assertTrue(inTheLog > 20, () -> inTheLog + " of " + kills.size());
        for (Path kill : kills) {
            assertOld(kill);
        }
        migrate(kills.get(kills.size() - 1));
        assertNew(kills.get(kills.size() - 1));
    }

    @Test
    void aKillInTheMiddleOfTheCommitLeavesTheStoreOfBefore() throws Exception {
        Path store = copy(file, "committing");
        Path killed;
        try (Connection connection = connection(store)) {
            var session = new Session(connection);
            Migrations.ofThisRelease(store, clock, null).run(session);
            killed = copy(store, "killed");
        }
        byte[] log = Files.readAllBytes(Path.of(killed + "-wal"));
        int frame = FRAME_HEADER + (int) pageSize();
        int frames = (log.length - WAL_HEADER) / frame;
        assertTrue(frames > 20, "only " + frames);
        for (int whole = 0; whole < frames; whole++) {
            for (int torn : List.of(0, FRAME_HEADER, frame / 2)) {
                Path kill = copy(file, "torn-" + whole + "-" + torn);
                Files.write(Path.of(kill + "-wal"), Arrays.copyOf(log, WAL_HEADER + whole * frame + torn));
                assertOld(kill);
            }
        }
        assertNew(killed);
    }

    @Test
    void aDiskThatIsFullAtAnyPageLeavesTheStoreOfBefore() throws Exception {
        long least;
        long most;
        Path whole = copy(file, "whole");
        try (Session session = new Database(whole).writer()) {
            least = session.number("PRAGMA page_count");
            Migrations.ofThisRelease(whole, clock, null).run(session);
            most = session.number("PRAGMA page_count");
        }
        assertTrue(most - least > 20, () -> "only " + (most - least));
        for (long pages = least; pages < most; pages++) {
            long limit = pages;
            Path store = copy(file, "full-" + pages);
            ProblemException full = assertThrows(ProblemException.class, () -> {
                try (Session session = new Database(store).writer()) {
                    session.number("PRAGMA max_page_count = " + limit);
                    Migrations.ofThisRelease(store, clock, null).run(session);
                }
            });
            assertTrue(full.getMessage().contains("is unchanged: it could not be migrated"), full::getMessage);
            assertOld(store);
            if (pages == least || pages == most - 1) {
                migrate(store);
                assertNew(store);
            }
        }
    }

    private void migrate(Path store) throws SQLException {
        try (Session session = new Database(store).writer()) {
            Migrations.ofThisRelease(store, clock, null).run(session);
        }
    }

    private void assertOld(Path store) throws SQLException {
        try (Session session = new Database(store).writer()) {
            assertEquals(1, session.number("PRAGMA user_version"), store::toString);
            assertEquals(schema, schema(session), store::toString);
            assertEquals(contents, session.number(CONTENTS), store::toString);
            assertSound(session);
        }
    }

    private void assertNew(Path store) throws SQLException {
        try (Session session = new Database(store).writer()) {
            assertEquals(Migrations.present(), session.number("PRAGMA user_version"), store::toString);
            assertEquals(JOBS, session.number("SELECT jobs FROM job_counts WHERE status = 'completed'"));
            assertEquals(JOBS, session.number("SELECT count(*) FROM requests"));
            assertSound(session);
        }
    }

    private static void assertSound(Session session) throws SQLException {
        assertEquals(List.of("ok"), session.list("PRAGMA integrity_check", row -> row.getString(1)));
    }

    private static String schema(Session session) throws SQLException {
        return String.join("\n", session.list("SELECT sql FROM sqlite_schema ORDER BY name", row -> row.getString(1)));
    }

    private long pageSize() throws SQLException {
        try (Session session = new Database(file).writer()) {
            return session.number("PRAGMA page_size");
        }
    }

    /** A connection as the server's own, but one whose progress can be watched. */
    private static Connection connection(Path store) throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + store);
        return source.getConnection();
    }

    /** Copies a store and its log as they are on disk at this moment. */
    private Path copy(Path store, String name) {
        try {
            Path target = Files.createDirectories(folder.resolve(name)).resolve("pawl.db");
            for (String part : List.of("", "-wal")) {
                Path source = Path.of(store + part);
                if (Files.exists(source)) {
                    Files.copy(source, Path.of(target + part), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(String name) {
        return Path.of(name).toFile().length();
    }
}
