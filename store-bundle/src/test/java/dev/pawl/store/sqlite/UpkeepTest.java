package dev.pawl.store.sqlite;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpkeepTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final OfflineUpkeep offline = new OfflineUpkeep();

    @TempDir
    Path folder;

    private Path data;
    private Path file;
    private Path backup;

    @BeforeEach
    void name() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        file = data.resolve("pawl.db");
        backup = folder.resolve("pawl.backup");
        Files.createDirectories(data.resolve("artifacts"));
        Files.writeString(data.resolve("artifacts/abc.jar"), "a bundle");
        Files.createDirectories(data.resolve("config/dev"));
        Files.writeString(data.resolve("config/dev/x.config"), "a setting");
        Files.writeString(data.resolve("admin.token"), "secret");
    }

    @Test
    void aBackupOfARunningServerBringsBackWhatThereWasThen() throws Exception {
        Job before;
        try (SqliteStore store = new SqliteStore(file, clock)) {
            StoredJobs jobs = new StoredJobs(store, clock);
            before = jobs.ended(JobStatus.COMPLETED, 3, 2);
            BackupReport report = store.backup(backup, false);
            assertEquals(new BackupReport(backup, Files.size(backup), 1), report);
            jobs.ended(JobStatus.COMPLETED, 1, 1);
        }
        Files.writeString(data.resolve("artifacts/abc.jar"), "overwritten");
        Map<String, Object> restored = offline("restore", Map.of("file", backup.toString()));
        Path aside = Path.of(String.valueOf(restored.get("replaced")));
        try (SqliteStore store = new SqliteStore(file, clock)) {
            assertEquals(1, store.counts().get(JobStatus.COMPLETED));
            assertEquals(2, store.results(before.id(), 0, 10).total());
            assertTrue(store.check().isSound());
        }
        try (SqliteStore former = new SqliteStore(aside.resolve("pawl.db"), clock)) {
            assertEquals(2, former.counts().get(JobStatus.COMPLETED));
        }
        assertEquals("a bundle", Files.readString(data.resolve("artifacts/abc.jar")));
        assertEquals("a setting", Files.readString(data.resolve("config/dev/x.config")));
        assertEquals("secret", Files.readString(data.resolve("admin.token")));
        assertEquals("overwritten", Files.readString(aside.resolve("artifacts/abc.jar")));
        assertFalse(Files.exists(data.resolve("restore.unfinished")));
    }

    @Test
    void aBackupIsConsistentWhileJobsCome() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            StoredJobs jobs = new StoredJobs(store, clock);
            AtomicBoolean enough = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            Thread writing = new Thread(() -> {
                while (!enough.get()) {
                    jobs.ended(JobStatus.COMPLETED, 2, 2);
                    written.incrementAndGet();
                }
            });
            writing.start();
            for (int n = 0; n < 5; n++) {
                int before = written.get();
                eventually("jobs come", () -> written.get() > before);
                store.backup(backup, true);
                assertTrue(store.check().isSound(), store.check()::toString);
            }
            enough.set(true);
            writing.join();
        }
        offline("restore", Map.of("file", backup.toString()));
        assertEquals(List.of(), offline("check", Map.of()).get("defects"));
    }

    @Test
    void aBackupThatIsThereIsReplacedOnlyWhenToldSo() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            store.backup(backup, false);
            ProblemException refused = assertThrows(ProblemException.class, () -> store.backup(backup, false));
            assertTrue(refused.getMessage().contains("There is a file " + backup));
            store.backup(backup, true);
        }
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "nothing half done is left beside it");
        }
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNothing() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            Path nowhere = folder.resolve("missing/pawl.backup");
            assertThrows(ProblemException.class, () -> store.backup(nowhere, false));
            assertFalse(Files.exists(nowhere));
            assertThrows(ProblemException.class, () -> store.backup(Path.of("relative/x"), false));
        }
    }

    @Test
    void aBackupNeverTakesThePlaceOfWhatTheServerKeeps() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            Job job = new StoredJobs(store, clock).ended(JobStatus.COMPLETED, 1, 1);
            for (Path own : List.of(
                    file,
                    Path.of(file + "-wal"),
                    Path.of(file + "-new"),
                    data.resolve("admin.token"),
                    data.resolve("restore.unfinished"),
                    data.resolve("new.backup"),
                    folder.resolve("modules.jar"),
                    data.resolve("artifacts/abc.jar"),
                    data.resolve("artifacts/new.jar"),
                    data.resolve("x/../config/new.config"))) {
                ProblemException refused = assertThrows(ProblemException.class, () -> store.backup(own, true));
                assertTrue(refused.getMessage().contains("cannot be written"), refused::getMessage);
            }
            Path within = data.resolve("backups/nightly.backup");
            store.backup(within, false);
            store.backup(within, true);
            assertTrue(store.find(job.id()).isPresent());
        }
        assertEquals("secret", Files.readString(data.resolve("admin.token")));
        assertEquals("a bundle", Files.readString(data.resolve("artifacts/abc.jar")));
    }

    @Test
    void aLinkToTheDataFolderIsTheDataFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);
        try (SqliteStore store = new SqliteStore(file, clock)) {
            for (String name : List.of("admin.token", "restore.unfinished", "pawl.db", "config/new")) {
                ProblemException refused =
                        assertThrows(ProblemException.class, () -> store.backup(link.resolve(name), true));
                assertTrue(refused.getMessage().contains("of its own"), refused::getMessage);
            }
            store.backup(Path.of("first"), false);
            store.backup(link.resolve("backups/a"), false);
            assertTrue(Files.isRegularFile(data.resolve("backups/a")));
        }
        assertEquals("secret", Files.readString(data.resolve("admin.token")));
        assertFalse(Files.exists(data.resolve("restore.unfinished")));
    }

    @Test
    void nothingButABackupIsReplaced() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Path away = Files.createDirectory(folder.resolve("away"));
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        try (SqliteStore store = new SqliteStore(file, clock)) {
            store.backup(away.resolve("real.backup"), false);
            Path link = Files.createSymbolicLink(folder.resolve("l.backup"), away.resolve("real.backup"));
            Path part = Files.writeString(folder.resolve("pawl.backup.part"), "somebody's");

            for (Path taken : List.of(precious, fifo, link, Path.of("/dev/null"))) {
                ProblemException refused = assertThrows(ProblemException.class, () -> store.backup(taken, true));
                assertTrue(refused.getMessage().contains("nothing but a backup is replaced"), refused::getMessage);
            }
            store.backup(backup, true);

            assertEquals("precious", Files.readString(precious));
            assertEquals("somebody's", Files.readString(part));
            assertTrue(Files.isSymbolicLink(link));
        }
    }

    @Test
    void aNameAloneGoesToTheFolderOfBackups() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            Path made = store.backup(Path.of("monday.backup"), false).file();

            assertEquals(data.toRealPath().resolve("backups/monday.backup"), made);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())));
        }
        assertTrue(Path.of(String.valueOf(offline("backup", Map.of()).get("file")))
                .startsWith(data.toRealPath().resolve("backups")));
    }

    @Test
    void backupsAtTheSameTimeAreEachWhole() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            new StoredJobs(store, clock).ended(JobStatus.COMPLETED, 1, 1);
            List<Thread> threads = new ArrayList<>();
            AtomicInteger written = new AtomicInteger();
            for (int n = 0; n < 6; n++) {
                threads.add(new Thread(() -> {
                    store.backup(backup, true);
                    written.incrementAndGet();
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(6, written.get());
        }
        offline("restore", Map.of("file", backup.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no zip at all", ""})
    void whatIsNoBackupIsRefusedAndChangesNothing(String content) throws Exception {
        new SqliteStore(file, clock).close();
        Files.writeString(backup, content);
        assertThrows(ProblemException.class, () -> offline("restore", Map.of("file", backup.toString())));
        assertTrue(Files.exists(file));
        assertEquals("a bundle", Files.readString(data.resolve("artifacts/abc.jar")));
        try (var files = Files.list(data)) {
            assertTrue(files.noneMatch(path -> path.getFileName().toString().startsWith("re")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE job_counts SET jobs = 7 WHERE status = 'failed'",
                "DELETE FROM results WHERE n = 1",
                "DELETE FROM log_lines WHERE n = 3",
                "DELETE FROM requests",
                "UPDATE jobs SET final_results = 0",
                "UPDATE jobs SET completed_at = NULL",
                "PRAGMA foreign_keys = OFF; UPDATE results SET job = 99"
            })
    void aCheckFindsWhatIsWrong(String damage) throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            new StoredJobs(store, clock).ended(JobStatus.COMPLETED, 3, 3);
            assertEquals(new CheckReport(1, List.of()), store.check());
            damage(damage);
            assertFalse(store.check().isSound());
            assertTrue(store.check().defects().get(0).matches("[13] .*"), store.check()::toString);
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
        assertEquals(false, offline("check", Map.of()).get("sound"));
        pages[0] = 'X';
        Files.write(file, pages);
        assertEquals(false, offline("check", Map.of()).get("sound"));
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
            assertEquals(List.of(), store.check().defects());

            Files.writeString(artifact, "12346");
            Files.writeString(copy, "");
            assertEquals(
                    List.of(
                            "The jar " + artifact
                                    + " of the bundle hello 1.0.0 is damaged. Install the same jar again.",
                            "The framework's copy " + copy
                                    + " of a module's jar is damaged. The next start of the server makes it anew."),
                    store.check().defects());
        }
        Files.delete(artifact);
        Files.delete(copy);
        assertEquals(
                List.of("The jar " + artifact + " of the bundle hello 1.0.0 is gone. Install the same jar again."),
                offline("check", Map.of()).get("defects"));
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
        assertEquals(1L, offline("purge", dry).get("total"));
        assertEquals(1L, offline("purge", old).get("total"));
        assertEquals(0L, offline("purge", old).get("total"));
    }

    @Test
    void whereThereIsNoStoreNoneIsMade() throws IOException {
        Files.deleteIfExists(file);
        for (String work : List.of("purge", "backup", "check")) {
            assertThrows(ProblemException.class, () -> offline(work, Map.of()));
        }
        assertFalse(Files.exists(file));
    }

    private Map<String, Object> offline(String work, Map<String, String> arguments) {
        Map<String, String> all = new HashMap<>(arguments);
        all.put("database", file.toString());
        all.put("data", data.toString());
        return offline.apply(work, all);
    }

    private void damage(String sql) throws SQLException {
        try (Session session = new Database(file).writer()) {
            session.script(sql);
        }
    }
}
