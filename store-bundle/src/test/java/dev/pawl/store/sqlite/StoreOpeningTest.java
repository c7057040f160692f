package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOpeningTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("pawl.db");
    }

    @Test
    void declarativeServicesHasOneConstructorToChooseFrom() {
        long fitting = Stream.of(SqliteStore.class.getConstructors())
                .filter(constructor -> constructor.getParameterCount() == 2)
                .count();
        assertEquals(
                1,
                fitting,
                "Declarative Services logs an error for each additional constructor with this number of parameters");
    }

    @Test
    void foldersOnTheWayAreMade() {
        file = folder.resolve("a").resolve("b").resolve("pawl.db");
        open().close();
        assertTrue(Files.isRegularFile(file));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAsItIs() throws IOException {
        byte[] bytes = "This is a letter, and not a database at all. "
                .repeat(200)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(file, bytes);
        assertTrue(refusal().contains("is damaged"), refusal());
        assertTrue(refusal().contains(file.toString()), refusal());
        assertTrue(refusal().contains("There is no backup beside it"), refusal());
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void aTruncatedFileIsRefusedNamingTheBackups() throws IOException {
        SqliteStore store = open();
        new SqliteDocuments(store, InstantSource.system())
                .put("a", "x", "{\"text\":\"" + "x".repeat(50_000) + "\"}")
                .toCompletableFuture()
                .join();
        store.close();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        Path backup = Files.createFile(folder.resolve("pawl.db.v1-20260101T000000Z.backup"));
        assertTrue(refusal().contains("is damaged"), refusal());
        assertTrue(refusal().contains(backup.toString()), refusal());
    }

    @Test
    void aPageThatIsDamagedIsReportedByWhoeverMeetsItAndLeavesTheRestUsable() throws IOException {
        SqliteStore store = open();
        for (int n = 0; n < 200; n++) {
            new SqliteDocuments(store, InstantSource.system())
                    .put("a", "doc" + n, "{\"text\":\"" + "x".repeat(2_000) + "\"}")
                    .toCompletableFuture()
                    .join();
        }
        store.close();
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length - 40_960, bytes.length - 20_480, (byte) 0x5a);
        Files.write(file, bytes);
        try (SqliteStore damaged = open()) {
            assertEquals(0, damaged.counts().get(JobStatus.PENDING));
            new SqliteDocuments(damaged, InstantSource.system())
                    .put("b", "x", "{}")
                    .toCompletableFuture()
                    .join();
            assertFalse(new SqliteUpkeep(damaged).check().isSound());
        }
    }

    @Test
    void aMissingLogLosesWhatWasOnlyThereAndNothingElse() throws IOException {
        try (SqliteStore store = open()) {
            new SqliteDocuments(store, InstantSource.system())
                    .put("a", "in the file", "{}")
                    .toCompletableFuture()
                    .join();
        }
        Path withoutItsLog = folder.resolve("copy.db");
        try (SqliteStore store = open()) {
            new SqliteDocuments(store, InstantSource.system())
                    .put("a", "in the log", "{}")
                    .toCompletableFuture()
                    .join();
            Files.copy(file, withoutItsLog);
        }
        file = withoutItsLog;
        try (SqliteStore again = open()) {
            assertEquals(List.of("in the file"), new SqliteDocuments(again, InstantSource.system()).names("a"));
            assertTrue(new SqliteUpkeep(again).check().isSound());
        }
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws IOException, SQLException {
        sql("CREATE TABLE songs (title TEXT)");
        byte[] before = Files.readAllBytes(file);
        assertTrue(refusal().contains("not a store of Pawl"), refusal());
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aDatabaseOfANewerReleaseIsRefused() throws SQLException {
        open().close();
        sql("PRAGMA user_version = 99");
        assertTrue(refusal().contains("schema version 99"), refusal());
        assertTrue(refusal().contains("Start the newer release"), refusal());
    }

    @Test
    void anEmptyFileBecomesAStore() throws IOException {
        Files.createFile(file);
        SqliteStore store = open();
        new SqliteDocuments(store, InstantSource.system())
                .put("a", "x", "{}")
                .toCompletableFuture()
                .join();
        assertEquals(Optional.of("{}"), new SqliteDocuments(store, InstantSource.system()).get("a", "x"));
        store.close();
    }

    @Test
    void aFolderInItsPlaceIsRefused() throws IOException {
        Files.createDirectories(file.resolve("child"));
        assertTrue(refusal().contains(file.toString()), refusal());
    }

    private SqliteStore open() {
        return new SqliteStore(file, SettableClock.at("2026-03-01T12:00:00Z"));
    }

    private String refusal() {
        ProblemException problem = assertThrows(ProblemException.class, this::open);
        assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
        return problem.getMessage();
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }
}
