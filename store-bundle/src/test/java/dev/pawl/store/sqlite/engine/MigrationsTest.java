package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

    private static final String FIRST = "CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('one')";
    private static final String SECOND = "ALTER TABLE songs ADD COLUMN singer TEXT";
    private static final String THIRD = "INSERT INTO songs (title) VALUES ('three')";

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
    void eachStepOfADatabaseInUseComesAfterABackup() throws SQLException, IOException {
        migrate(FIRST);
        migrate(FIRST, SECOND, THIRD);
        assertEquals(3, number("PRAGMA user_version"));
        assertEquals(2, number("SELECT count(*) FROM songs"));
        assertEquals(List.of("pawl.db.v1-20260301T120000Z.backup", "pawl.db.v2-20260301T120000Z.backup"), backups());
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
    void aStepThatFailsChangesNothing() throws SQLException {
        migrate(FIRST);
        assertThrows(SQLException.class, () -> migrate(FIRST, "DELETE FROM songs; INSERT INTO nowhere VALUES (1)"));
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

    private void migrate(String... scripts) throws SQLException {
        try (Session session = new Database(file).writer()) {
            new Migrations(file, SettableClock.at("2026-03-01T12:00:00Z"), List.of(scripts)).run(session);
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
