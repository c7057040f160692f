package dev.pawl.store.sqlite;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.OfflineUpkeep;
import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.UpkeepWork;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.BackupReport;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of a store, and the contents of restores. */
class BackupTest {

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final OfflineUpkeep offline = new SqliteOfflineUpkeep();

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
            BackupReport report = new SqliteUpkeep(store).backup(backup, false);
            assertEquals(new BackupReport(backup, Files.size(backup), 1), report);
            jobs.ended(JobStatus.COMPLETED, 1, 1);
        }
        Files.writeString(data.resolve("artifacts/abc.jar"), "overwritten");
        Map<String, Object> restored = offline(UpkeepWork.RESTORE, Map.of("file", backup.toString()));
        Path aside = Path.of(String.valueOf(restored.get("replaced")));
        try (SqliteStore store = new SqliteStore(file, clock)) {
            assertEquals(1, store.counts().get(JobStatus.COMPLETED));
            assertEquals(2, store.results(before.id(), 0, 10).total());
            assertTrue(new SqliteUpkeep(store).check().isSound());
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
                eventually("jobs arrive", () -> written.get() > before);
                new SqliteUpkeep(store).backup(backup, true);
                assertTrue(new SqliteUpkeep(store).check().isSound(), new SqliteUpkeep(store).check()::toString);
            }
            enough.set(true);
            writing.join();
        }
        offline(UpkeepWork.RESTORE, Map.of("file", backup.toString()));
        assertEquals(List.of(), offline(UpkeepWork.CHECK, Map.of()).get("defects"));
    }

    @Test
    void aBackupThatIsThereIsReplacedOnlyWhenToldSo() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            new SqliteUpkeep(store).backup(backup, false);
            ProblemException refused =
                    assertThrows(ProblemException.class, () -> new SqliteUpkeep(store).backup(backup, false));
            assertTrue(refused.getMessage().contains("The file " + backup + " exists already"));
            new SqliteUpkeep(store).backup(backup, true);
        }
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "no partial file is left beside it");
        }
    }

    @Test
    void aBackupThatCannotBeWrittenLeavesNothing() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            Path nowhere = folder.resolve("missing/pawl.backup");
            assertThrows(ProblemException.class, () -> new SqliteUpkeep(store).backup(nowhere, false));
            assertFalse(Files.exists(nowhere));
            assertThrows(ProblemException.class, () -> new SqliteUpkeep(store).backup(Path.of("relative/x"), false));
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
                ProblemException refused =
                        assertThrows(ProblemException.class, () -> new SqliteUpkeep(store).backup(own, true));
                assertTrue(refused.getMessage().contains("cannot be written"), refused::getMessage);
            }
            Path within = data.resolve("backups/nightly.backup");
            new SqliteUpkeep(store).backup(within, false);
            new SqliteUpkeep(store).backup(within, true);
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
                ProblemException refused = assertThrows(
                        ProblemException.class, () -> new SqliteUpkeep(store).backup(link.resolve(name), true));
                assertTrue(refused.getMessage().contains("the server's own files"), refused::getMessage);
            }
            new SqliteUpkeep(store).backup(Path.of("first"), false);
            new SqliteUpkeep(store).backup(link.resolve("backups/a"), false);
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
            new SqliteUpkeep(store).backup(away.resolve("real.backup"), false);
            Path link = Files.createSymbolicLink(folder.resolve("l.backup"), away.resolve("real.backup"));
            Path part = Files.writeString(folder.resolve("pawl.backup.part"), "somebody's");

            for (Path taken : List.of(precious, fifo, link, Path.of("/dev/null"))) {
                ProblemException refused =
                        assertThrows(ProblemException.class, () -> new SqliteUpkeep(store).backup(taken, true));
                assertTrue(refused.getMessage().contains("only backups are replaced"), refused::getMessage);
            }
            new SqliteUpkeep(store).backup(backup, true);

            assertEquals("precious", Files.readString(precious));
            assertEquals("somebody's", Files.readString(part));
            assertTrue(Files.isSymbolicLink(link));
        }
    }

    @Test
    void aNameAloneGoesToTheFolderOfBackups() throws Exception {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            Path made = new SqliteUpkeep(store)
                    .backup(Path.of("monday.backup"), false)
                    .file();

            assertEquals(data.toRealPath().resolve("backups/monday.backup"), made);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())));
        }
        assertTrue(Path.of(String.valueOf(offline(UpkeepWork.BACKUP, Map.of()).get("file")))
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
                    new SqliteUpkeep(store).backup(backup, true);
                    written.incrementAndGet();
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(6, written.get());
        }
        offline(UpkeepWork.RESTORE, Map.of("file", backup.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no zip at all", ""})
    void whatIsNoBackupIsRefusedAndChangesNothing(String content) throws Exception {
        new SqliteStore(file, clock).close();
        Files.writeString(backup, content);
        assertThrows(ProblemException.class, () -> offline(UpkeepWork.RESTORE, Map.of("file", backup.toString())));
        assertTrue(Files.exists(file));
        assertEquals("a bundle", Files.readString(data.resolve("artifacts/abc.jar")));
        try (var files = Files.list(data)) {
            assertTrue(files.noneMatch(path -> path.getFileName().toString().startsWith("re")));
        }
    }

    private Map<String, Object> offline(UpkeepWork work, Map<String, String> arguments) {
        return offline.run(work, new StoreFiles(file, data, "1.0.0"), arguments);
    }
}
