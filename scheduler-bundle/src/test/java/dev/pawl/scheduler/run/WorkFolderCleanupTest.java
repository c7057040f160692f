package dev.pawl.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.artifact.ArtifactParts;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteArtifacts;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The removal of work folders where servers share the store, and perhaps the place of the folders. */
class WorkFolderCleanupTest {

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    @TempDir
    Path dir;

    private SqliteStore jobs;
    private SqliteArtifacts records;

    @BeforeEach
    void open() {
        jobs = SqliteStore.open(dir.resolve("pawl.db"), clock);
        records = new SqliteArtifacts(jobs);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    private WorkDirs folders() {
        return new WorkDirs(dir.resolve("work"), true);
    }

    /** The removal by a server. */
    private WorkFolderCleanup cleanup(WorkDirs folders, boolean areOwn) {
        ArtifactParts artifacts = ArtifactParts.in(dir.resolve("job-artifacts"), jobs, records, clock, 1_000_000);
        return new WorkFolderCleanup(folders, areOwn, clock, artifacts, jobs, Runnable::run);
    }

    private Job running() {
        JobRequest request =
                JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        jobs.add(List.of(new NewJob(UUID.randomUUID(), request, clock.instant())))
                .toCompletableFuture()
                .join();
        return jobs.claim(new ClaimRequest("here", 1, 100, null, Map.of(), clock.instant(), null))
                .toCompletableFuture()
                .join()
                .get(0);
    }

    private void end(Job job) {
        RunWrite end = RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                .withMove(new RunMove.Completed(clock.instant()));
        jobs.write(end).toCompletableFuture().join();
    }

    /** A folder of a job with a file that becomes an artifact. */
    private static Path leave(WorkDirs folders, UUID job, long epoch) throws IOException {
        Path folder = folders.of(job, epoch, 0);
        Files.writeString(Files.createDirectories(folder.resolve("artifacts")).resolve("a.txt"), "x");
        return folder;
    }

    private List<String> artifacts(Job job) {
        return records.list(job.id(), "", 100).stream().map(JobArtifact::path).toList();
    }

    @Test
    void theFolderOfAJobThatRunsOnAnotherServerStays() throws IOException {
        Job job = running();
        Path folder = leave(folders(), job.id(), 1);
        WorkFolderCleanup another = cleanup(folders(), false);
        another.begin();
        another.sweep();
        another.deleteIfOver(job.id());
        assertTrue(Files.exists(folder));
    }

    @Test
    void theFolderOfAJobThatIsOverGoesByItsServerOrAnHourLater() throws IOException {
        Job job = running();
        WorkDirs own = folders();
        Path folder = leave(own, job.id(), 1);
        end(job);
        WorkFolderCleanup another = cleanup(folders(), false);
        another.sweep();
        assertTrue(Files.exists(folder));
        assertEquals(List.of(), artifacts(job));
        clock.advance(Duration.ofMinutes(61));
        another.sweep();
        assertFalse(Files.exists(folder));
        assertEquals(List.of("a.txt"), artifacts(job));

        Job next = running();
        Path ofNext = leave(own, next.id(), 1);
        end(next);
        cleanup(own, false).deleteIfOver(next.id());
        assertFalse(Files.exists(ofNext));
        assertEquals(List.of("a.txt"), artifacts(next));
    }

    @Test
    void aServerWhoseRunWasNotTheLastOneLeavesTheFolderToTheOther() throws IOException {
        Job job = running();
        WorkDirs first = folders();
        Path folder = leave(first, job.id(), 0);
        WorkDirs last = folders();
        assertFalse(last.begin(job.id(), 1));
        end(job);
        cleanup(first, false).deleteIfOver(job.id());
        assertTrue(Files.exists(folder));
        cleanup(last, false).deleteIfOver(job.id());
        assertFalse(Files.exists(folder));
    }

    @Test
    void aFolderThatIsOutOfDateGoesWithoutItsArtifacts() throws IOException {
        Job job = running();
        WorkDirs own = folders();
        Path folder = leave(own, job.id(), 0); // and run 1 was on a server with other folders
        end(job);
        cleanup(own, true).sweep();
        assertFalse(Files.exists(folder));
        assertEquals(List.of(), artifacts(job));
    }

    @Test
    void foldersOfUnknownJobsAreLeftToOthersUnlessThePlaceIsOfThisServerAlone() throws IOException {
        UUID unknown = UUID.randomUUID();
        Path folder = leave(folders(), unknown, 1);
        cleanup(folders(), false).sweep();
        assertTrue(Files.exists(folder));
        cleanup(folders(), true).sweep();
        assertFalse(Files.exists(folder));
    }
}
