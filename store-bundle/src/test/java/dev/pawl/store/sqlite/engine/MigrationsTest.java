package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static final String FIRST = "CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('one')";
    private static final String SECOND = "ALTER TABLE songs ADD COLUMN singer TEXT";
    private static final String THIRD = "INSERT INTO songs (title) VALUES ('three')";

    private static final String FILLING = "INSERT INTO songs (title) VALUES (hex(zeroblob(100000)))";

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("pawl.db");
    }

    @Test
    void anEmptyDatabaseTakesAllStepsFromTheFirstVersionOn() throws SQLException, IOException {
        migrate(FIRST);
        assertEquals(1, number("PRAGMA user_version"));
        assertEquals(List.of(), backups());
    }

    @Test
    void aStepIsTakenOnce() throws SQLException {
        migrate(FIRST);
        migrate(FIRST);
        assertEquals(1, number("SELECT count(*) FROM songs"));
    }

    @Test
    void theStepsOfADatabaseInUseComeAfterOneBackup() throws SQLException, IOException {
        migrate(FIRST);
        migrate(FIRST, SECOND, THIRD);
        assertEquals(3, number("PRAGMA user_version"));
        assertEquals(2, number("SELECT count(*) FROM songs"));
        assertEquals(List.of("pawl.db.v1-20260301T120000Z.backup"), backups());
    }

    @Test
    void aBackupIsAStoreOfTheVersionBefore() throws SQLException, IOException {
        migrate(FIRST);
        migrate(FIRST, SECOND);
        file = folder.resolve(backups().get(0));
        assertEquals(1, number("PRAGMA user_version"));
        assertEquals(1, number("SELECT count(*) FROM songs"));
        migrate(FIRST, SECOND, THIRD);
        assertEquals(2, number("SELECT count(*) FROM songs"));
    }

    @Test
    void aStepThatFailsChangesNothingAlsoOfTheStepsBeforeIt() throws SQLException {
        migrate(FIRST);
        ProblemException failed = assertThrows(
                ProblemException.class,
                () -> migrate(FIRST, THIRD, "DELETE FROM songs; INSERT INTO nowhere VALUES (1)"));
        assertTrue(
                failed.getMessage().contains("is unchanged: it could not be migrated from schema version 1 to 3"),
                failed::getMessage);
        assertEquals(1, number("PRAGMA user_version"));
        assertEquals(1, number("SELECT count(*) FROM songs"));
    }

    @Test
    void whatAnInterruptedBackupLeftIsReplaced() throws SQLException, IOException {
        migrate(FIRST);
        Files.writeString(folder.resolve("pawl.db.v1-20260301T120000Z.backup.part"), "half a page");
        migrate(FIRST, SECOND);
        assertTrue(backups().contains("pawl.db.v1-20260301T120000Z.backup"));
        assertEquals(1, backups().size());
    }

    @Test
    void aMigrationThatFailsAgainAndAgainLeavesOneBackup() throws SQLException, IOException {
        migrate(FIRST);
        for (int start = 0; start < 3; start++) {
            clock.advance(Duration.ofMinutes(1));
            assertThrows(ProblemException.class, () -> migrate(FIRST, "INSERT INTO nowhere VALUES (1)"));
        }
        assertEquals(List.of("pawl.db.v1-20260301T120300Z.backup"), backups());
    }

    @Test
    void aDiskThatFillsUpInAStepLeavesTheStoreAsItWasAndSaysSo() throws SQLException, IOException {
        migrate(FIRST);
        ProblemException failed = assertThrows(ProblemException.class, () -> {
            try (Session session = new Database(file).writer()) {
                session.number("PRAGMA max_page_count = 10");
                new Migrations(file, clock, List.of(FIRST, SECOND, FILLING), "2.0.0").run(session);
            }
        });
        assertTrue(
                failed.getMessage()
                        .contains("is unchanged: it could not be migrated from schema version 1 to 3, because"
                                + " the disk is full"),
                failed::getMessage);
        assertEquals(1, number("PRAGMA user_version"));
        assertEquals(1, number("SELECT count(*) FROM songs"));
        migrate(FIRST, SECOND, FILLING);
        assertEquals(3, number("PRAGMA user_version"));
        assertEquals(1, backups().size());
    }

    @Test
    void theSchemaVersionIsTheNumberOfScripts() throws IOException {
        try (var scripts = Files.list(Path.of("src/main/resources/dev/pawl/store/sqlite/engine"))) {
            assertEquals(
                    Migrations.present(),
                    scripts.filter(script -> script.toString().endsWith(".sql")).count(),
                    "packages/release counts them");
        }
    }

    @Test
    void backupsOfTheLatestThreeSchemasAreKept() throws SQLException, IOException {
        String[] scripts = {FIRST, SECOND, THIRD, THIRD, THIRD};
        for (int release = 1; release <= scripts.length; release++) {
            migrate(Arrays.copyOf(scripts, release));
        }
        assertEquals(
                List.of(
                        "pawl.db.v2-20260301T120000Z.backup",
                        "pawl.db.v3-20260301T120000Z.backup",
                        "pawl.db.v4-20260301T120000Z.backup"),
                backups());
    }

    @Test
    void aBackupIsForTheOwnerAlone() throws SQLException, IOException {
        migrate(FIRST);
        migrate(FIRST, SECOND);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve(backups().get(0)))));
    }

    @Test
    void theStoreOfANewerReleaseIsRefusedByTheNamesOfBothAndTheBackupToRestore() throws SQLException, IOException {
        migrate(FIRST);
        migrate(FIRST, SECOND, THIRD);
        ProblemException refused = assertThrows(ProblemException.class, () -> {
            try (Session session = new Database(file).writer()) {
                new Migrations(file, clock, List.of(FIRST), "1.9.0").run(session);
            }
        });
        assertEquals(
                "The store " + file
                        + " has schema version 3 and was last opened by Pawl 2.0.0; this is Pawl 1.9.0, which"
                        + " opens versions up to 1. Start Pawl 2.0.0 or a newer one, or go back to the data from before"
                        + " its upgrade, without what was done since: `pawl restore "
                        + folder.resolve("pawl.db.v1-20260301T120000Z.backup") + "`.",
                refused.getMessage());
        Files.delete(folder.resolve("pawl.db.v1-20260301T120000Z.backup"));
        Files.writeString(folder.resolve("pawl.db.release"), "`rm -rf`");
        String sentence = new NewerStore(file, 3, 1, "1.9.0").sentence();
        assertTrue(sentence.contains("has schema version 3; this is Pawl 1.9.0"), sentence);
        assertTrue(sentence.endsWith("no upgrade left one beside the store."), sentence);
    }

    @Test
    void whoLooksAtAStoreLeavesNothingBehindAndSeesWhatAKilledServerWrote() throws SQLException, IOException {
        migrate(FIRST);
        List<String> before = names();
        try (Session observer = new Database(file).observer()) {
            assertEquals(1, observer.number("PRAGMA user_version"));
        }
        assertEquals(before, names());
        try (Session server = new Database(file).writer()) {
            new Migrations(file, clock, List.of(FIRST, SECOND), "2.0.0").run(server);
            try (Session observer = new Database(file).observer()) {
                assertEquals(2, observer.number("PRAGMA user_version"));
            }
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void migrate(String... scripts) throws SQLException {
        try (Session session = new Database(file).writer()) {
            new Migrations(file, clock, List.of(scripts), "2.0.0").run(session);
        }
    }

    private long number(String sql) throws SQLException {
        try (Session session = new Database(file).writer()) {
            return session.number(sql);
        }
    }

    private List<String> backups() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.contains(".backup"))
                    .sorted()
                    .toList();
        }
    }
}
