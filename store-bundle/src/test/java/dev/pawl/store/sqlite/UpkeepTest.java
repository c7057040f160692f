package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.OfflineUpkeep;
import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.UpkeepWork;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.CheckReport;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of a store, and upkeep while its server is stopped. */
class UpkeepTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final OfflineUpkeep offline = new SqliteOfflineUpkeep();

    @TempDir
    Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void name() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        file = data.resolve("pawl.db");
        Files.createDirectories(data.resolve("artifacts"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE job_counts SET jobs = 7 WHERE status = 'failed'",
                "DELETE FROM results WHERE n = 1",
                "DELETE FROM log_lines WHERE n = 3",
                "UPDATE jobs SET request = NULL",
                "UPDATE jobs SET final_results = 0",
                "UPDATE jobs SET completed_at = NULL",
                "PRAGMA foreign_keys = OFF; UPDATE results SET job = 99"
            })
    void aCheckFindsWhatIsWrong(String damage) throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            new StoredJobs(store, clock).ended(JobStatus.COMPLETED, 3, 3);
            assertEquals(new CheckReport(1, List.of()), new SqliteUpkeep(store).check());
            damage(damage);
            assertFalse(new SqliteUpkeep(store).check().isSound());
            assertTrue(
                    new SqliteUpkeep(store).check().defects().get(0).matches("[13] .*"),
                    new SqliteUpkeep(store).check()::toString);
        }
    }

    @Test
    void aCheckOfADamagedFileSaysSo() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            StoredJobs jobs = new StoredJobs(store, clock);
            for (int n = 0; n < 50; n++) {
                jobs.ended(JobStatus.COMPLETED, 20, 20);
            }
        }
        byte[] pages = Files.readAllBytes(file);
        for (int at = pages.length / 2; at < pages.length / 2 + 8_192; at++) {
            pages[at] = 0x5a;
        }
        Files.write(file, pages);
        assertEquals(false, offline(UpkeepWork.CHECK, Map.of()).get("sound"));
        pages[0] = 'X';
        Files.write(file, pages);
        assertEquals(false, offline(UpkeepWork.CHECK, Map.of()).get("sound"));
    }

    @Test
    void aCheckKnowsJarsThatAreGoneOrDamagedAndDamagedCopiesOfThem() throws Exception {
        String sha256 = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5"; // of 12345
        Path artifact = data.resolve("artifacts/" + sha256 + ".jar");
        Path bundle = Files.createDirectories(data.resolve("cache/felix/bundle7/version0.0"));
        Path copy = bundle.resolve("bundle.jar");
        Files.writeString(bundle.resolveSibling("bundle.info"), "7\npawl:" + sha256 + "\n2\n");
        try (SqliteStore store = new SqliteStore(file, clock)) {
            new SqliteDeployments(store)
                    .put(deployment("hello", sha256))
                    .toCompletableFuture()
                    .join();
            Files.writeString(artifact, "12345");
            Files.writeString(copy, "12345");
            assertEquals(List.of(), new SqliteUpkeep(store).check().defects());

            Files.writeString(artifact, "12346");
            Files.writeString(copy, "");
            assertEquals(
                    List.of(
                            "The jar " + artifact
                                    + " of the bundle hello 1.0.0 is damaged. Install the same jar again.",
                            "The framework's copy " + copy
                                    + " of a module's jar is damaged. The next start of the server replaces it."),
                    new SqliteUpkeep(store).check().defects());
        }
        Files.delete(artifact);
        Files.delete(copy);
        assertEquals(
                List.of("The jar " + artifact + " of the bundle hello 1.0.0 is gone. Install the same jar again."),
                offline(UpkeepWork.CHECK, Map.of()).get("defects"));
    }

    private Deployment deployment(String bundle, String sha256) {
        List<ModuleIdentity> modules = List.of(new ModuleIdentity(bundle, bundle));
        return new Deployment(bundle, "1.0.0", sha256, modules, Origin.API, null, true, clock.instant(), "test", null);
    }

    @Test
    void aStoppedServersJobsArePurged() {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            new StoredJobs(store, clock).ended(JobStatus.FAILED, 1, 1);
        }
        Map<String, String> old = Map.of("older_than", "60s", "status", "failed,completed");
        Map<String, String> dry = new HashMap<>(old);
        dry.put("dry_run", "true");
        assertEquals(1L, offline(UpkeepWork.PURGE, dry).get("total"));
        assertEquals(1L, offline(UpkeepWork.PURGE, old).get("total"));
        assertEquals(0L, offline(UpkeepWork.PURGE, old).get("total"));
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() throws IOException {
        Files.deleteIfExists(file);
        for (UpkeepWork work : List.of(UpkeepWork.PURGE, UpkeepWork.BACKUP, UpkeepWork.CHECK)) {
            assertThrows(ProblemException.class, () -> offline(work, Map.of()));
        }
        assertFalse(Files.exists(file));
    }

    private Map<String, Object> offline(UpkeepWork work, Map<String, String> arguments) {
        return offline.run(work, new StoreFiles(file, data, "1.0.0"), arguments);
    }

    private void damage(String sql) throws SQLException {
        try (Session session = new Database(file).writer()) {
            session.script(sql);
        }
    }
}
