package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.UpkeepWork;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.sqlite.upkeep.DataReplacement;
import dev.pawl.store.sqlite.upkeep.Restore;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores whose process dies before one of their steps: the next start finishes them or leaves the old data as it was. */
class KilledRestoreTest {

    private static final int OLD_JOBS = 2;
    private static final int RESTORED_JOBS = 1;

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private Path backup;

    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void makeABackup() throws IOException {
        backup = folder.resolve("pawl.backup");
        Path data = Files.createDirectory(folder.resolve("first"));
        content(data, "restored");
        try (SqliteStore store = new SqliteStore(data.resolve("pawl.db"), clock)) {
            fill(store, RESTORED_JOBS);
            new SqliteUpkeep(store).backup(backup, false);
        }
    }

    @Test
    void whereverItDiesThereIsTheOldOrTheNewAfterwardsAndNeverAMixture() throws Exception {
        int step = 0;
        boolean died;
        int olds = 0;
        do {
            step++;
            Path data = Files.createDirectory(folder.resolve("data" + step));
            Path file = data.resolve("pawl.db");
            content(data, "old");
            try (SqliteStore store = new SqliteStore(file, clock)) {
                fill(store, OLD_JOBS);
            }
            died = dies(file, data, step);
            boolean begun = DataReplacement.isUnfinished(data);
            new SqliteOfflineUpkeep().finishRestore(new StoreFiles(file, data, "1.0.0"));
            assertFalse(DataReplacement.isUnfinished(data));
            boolean isNew = begun || !died;
            olds += isNew ? 0 : 1;
            assertEquals(isNew ? RESTORED_JOBS : OLD_JOBS, jobs(file), "step " + step);
            for (String name : List.of("artifacts/abc.jar", "config/dev/x.config")) {
                assertEquals(isNew ? "restored" : "old", Files.readString(data.resolve(name)), "step " + step);
            }
            if (isNew) {
                Path aside = aside(data);
                assertEquals(OLD_JOBS, jobs(aside.resolve("pawl.db")), "step " + step);
                assertEquals("old", Files.readString(aside.resolve("artifacts/abc.jar")));
            }
            offline(UpkeepWork.RESTORE, file, data); // the restore can be repeated
            assertEquals(RESTORED_JOBS, jobs(file));
            try (var left = Files.list(data)) {
                assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith("restore")));
            }
        } while (died);
        assertEquals(1, olds, "only one death comes before the restore has begun");
        assertTrue(step > 6, "too few steps: " + step);
    }

    private boolean dies(Path file, Path data, int at) {
        int[] steps = new int[1];
        Restore restore = new Restore(file, data, clock.instant(), () -> {
            steps[0]++;
            if (steps[0] == at) {
                throw new Death();
            }
        });
        try {
            restore.from(backup);
            return false;
        } catch (Death death) {
            return true;
        }
    }

    @Test
    void whatIsHalfDoneIsBroughtToItsEndBeforeAnyOtherUpkeep() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path file = data.resolve("pawl.db");
        content(data, "old");
        try (SqliteStore store = new SqliteStore(file, clock)) {
            fill(store, OLD_JOBS);
        }
        assertTrue(dies(file, data, 3));
        assertFalse(Files.exists(file));
        assertEquals((long) RESTORED_JOBS, offline(UpkeepWork.CHECK, file, data).get("jobs"));
    }

    @Test
    void oneThatCannotBeBroughtToItsEndSaysSo() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("restore.unfinished"), "gibberish");
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> offline(UpkeepWork.CHECK, data.resolve("pawl.db"), data));
        assertTrue(refused.getMessage().startsWith("A restore in " + data), refused::getMessage);
    }

    private Map<String, Object> offline(UpkeepWork work, Path file, Path data) {
        return new SqliteOfflineUpkeep()
                .run(work, new StoreFiles(file, data, "1.0.0"), Map.of("file", backup.toString()));
    }

    private static void content(Path data, String text) throws IOException {
        Files.createDirectories(data.resolve("artifacts"));
        Files.writeString(data.resolve("artifacts/abc.jar"), text);
        Files.createDirectories(data.resolve("config/dev"));
        Files.writeString(data.resolve("config/dev/x.config"), text);
    }

    private void fill(SqliteStore store, int jobs) {
        for (int n = 0; n < jobs; n++) {
            new StoredJobs(store, clock).ended(JobStatus.COMPLETED, 1, 1);
        }
    }

    private long jobs(Path file) {
        try (SqliteStore store = new SqliteStore(file, clock)) {
            return store.counts().get(JobStatus.COMPLETED);
        }
    }

    private static Path aside(Path data) throws IOException {
        try (var folders = Files.list(data)) {
            return folders.filter(path -> path.getFileName().toString().startsWith("replaced-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
