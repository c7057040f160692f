package dev.pawl.scheduler.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.OpenArtifact;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, each with a folder of its own, on one store that has the contents of artifacts too. */
final class SharesArtifactsTest {

    private static final long MOST = 1_000_000;

    @TempDir
    private Path dir;

    private ArtifactFixture fixture;
    private SharedFolder shared;
    private ArtifactParts here;
    private ArtifactParts there;

    @BeforeEach
    void open() {
        fixture = new ArtifactFixture(dir, MOST);
        shared = new SharedFolder(dir.resolve("shared"));
        here = server("here");
        there = server("there");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private ArtifactParts server(String name) {
        return ArtifactParts.in(dir.resolve(name), fixture.jobs, shared.over(fixture.records), fixture.clock, MOST);
    }

    private ArtifactKeeper.Taken take(Job job) throws Exception {
        return here.keeper().ofTask(job, 0, fixture.work(job), () -> false);
    }

    /** A job that has ended here with an artifact. */
    private Job ended(String text) throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a.txt", text);
        fixture.end(job, take(job).artifacts());
        here.keeper().clear(job, fixture.work(job));
        return job;
    }

    private static String text(ArtifactParts server, Job job) throws IOException {
        try (OpenArtifact open = server.service().open(job.id().toString(), "a.txt")) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            open.contents().read(bytes);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }

    private Path copy(Job job, String name) {
        return dir.resolve(name).resolve(job.id().toString()).resolve("1-0-0");
    }

    @Test
    void eachServerShowsWhatAnyHasKept() throws Exception {
        Job job = ended("made here");

        assertEquals("made here", text(here, job));
        assertEquals("made here", text(there, job));
        assertTrue(Files.exists(copy(job, "there")), "it is fetched once");
        assertEquals(List.of(new RunId(job.id(), 1)), shared.tidied);
        assertEquals(
                Map.of("a.txt", copy(job, "there")), there.keeper().files(job.id()), "a job that moved has its files");
    }

    @Test
    void noRecordGoesBecauseItsFileIsWithAnotherServer() throws Exception {
        Job job = ended("made here");
        Files.createDirectories(dir.resolve("there"));

        there.upkeep().reconcile(any -> false);

        assertEquals(List.of("a.txt"), fixture.paths(job));
    }

    @Test
    void copiesGoOnceAnotherServerHasRemovedTheRecord() throws Exception {
        Job job = ended("made here");
        text(there, job);
        fixture.jobs.remove(job.id()).toCompletableFuture().join();
        here.upkeep().deleteRemoved();
        assertTrue(shared.tidied.contains(new RunId(job.id(), Long.MAX_VALUE)));
        assertFalse(Files.exists(copy(job, "here")));

        there.upkeep().deleteCopies(any -> false);

        assertFalse(Files.exists(copy(job, "there")));
    }

    @Test
    void contentsThatAreNotThoseThatWereKeptAreNotShown() throws Exception {
        Job job = ended("made here");
        Files.writeString(shared.file(job.id(), "1-0-0"), "something");

        ProblemException other = assertThrows(ProblemException.class, () -> text(there, job));

        assertEquals(ProblemCode.ARTIFACT_FILE_LOST, other.code());
        Files.delete(shared.file(job.id(), "1-0-0"));
        ProblemException none = assertThrows(ProblemException.class, () -> text(there, job));
        assertTrue(String.valueOf(none.getMessage()).contains("not in the store"), none.getMessage());
        try (var left = Files.list(dir.resolve("there"))) {
            assertEquals(1, left.count(), "nothing but the folder of the job is left");
        }
    }

    @Test
    void aStoreThatIsAwayIsWaitedForWhileTheRunGoesOn() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a.txt", "made here");
        shared.refusals.set(1);

        assertEquals(1, take(job).artifacts().size());
        assertTrue(Files.exists(shared.file(job.id(), "1-0-0")));
    }

    @Test
    void aRunThatIsToEndGivesUpAndLeavesNothingHalfTaken() throws Exception {
        Job job = fixture.running();
        fixture.leave(job, "a.txt", "made here");
        shared.refusals.set(1_000);
        AtomicInteger asked = new AtomicInteger();

        assertThrows(GivenUpException.class, () -> here.keeper()
                .ofTask(job, 0, fixture.work(job), () -> asked.incrementAndGet() > 2));

        assertFalse(Files.exists(copy(job, "here")));
        assertTrue(Files.exists(fixture.work(job).resolve("artifacts/a.txt")), "the work folder is as it was");
    }
}
