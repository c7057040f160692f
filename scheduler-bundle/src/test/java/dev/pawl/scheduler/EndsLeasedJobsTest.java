package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.WorkerStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An external worker reports the progress and the end of the job that it holds, and of no other job. */
class EndsLeasedJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final ExternalWorkers external = new ExternalWorkers(running);

    @Test
    void aJobShowsHowFarItsExternalWorkerIs() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        external.beat("w2", job.id()); // not the worker's own job
        assertEquals(0, running.job(id).state().progress().percent());
        external.beat("w1", job.id());
        assertEquals(10, running.job(id).state().progress().percent());
        assertEquals(Map.of("file", "a"), running.job(id).state().progress().info());
    }

    @Test
    void anyInfoIsKeptWithTheJobAsItCame() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        Heartbeat beat =
                new Heartbeat(WorkerStatus.IN_PROGRESS, null, "", "", "far", job.id(), "far", null, List.of("a", 1));
        external.send("w1", beat);
        assertEquals(List.of("a", 1), running.job(id).state().progress().info());
        running.workers
                .completed(id, null, true, "No space left.")
                .toCompletableFuture()
                .join();
        assertEquals("No space left.", running.job(id).state().progress().info());
        assertEquals("No space left.", running.job(id).state().failure().message());
    }

    @Test
    void anExternalWorkerEndsItsJob() {
        String good = external.enqueued("far");
        external.polled("w1", null);
        running.workers
                .completed(good, null, false, Map.of("rows", 3))
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.COMPLETED, running.status(good));
        assertEquals(100, running.job(good).state().progress().percent());
        String bad = external.enqueued("far");
        external.polled("w1", null);
        running.workers
                .completed(bad.substring(0, 13), 1L, true, Map.of("message", "Out of paper."))
                .toCompletableFuture()
                .join();
        assertEquals("Out of paper.", running.job(bad).state().failure().message());
        assertThrows(ProblemException.class, () -> running.workers.completed(bad, null, false, Map.of()));
    }

    @Test
    void onlyAJobThatAWorkerHoldsIsEndedByOne() {
        String id = external.enqueued("far");
        ProblemException refused =
                assertThrows(ProblemException.class, () -> running.workers.completed(id, null, false, Map.of()));
        assertEquals(ProblemCode.JOB_NOT_HELD, refused.code());
        String own = running.scheduler.status().workerId();
        assertThrows(ProblemException.class, () -> running.workers.remove(own));
    }

    @Test
    void aWorkerThatLostItsJobCannotEndItForTheOneThatHasIt() {
        String id = external.enqueued("far");
        long lost = external.polled("w1", null).orElseThrow().state().epoch();
        external.silence(31);
        running.awaitStatus(id, JobStatus.PENDING);
        long present = external.polled("w2", null).orElseThrow().state().epoch();
        Job before = running.job(id);
        for (long stale : new long[] {lost, present + 1}) {
            ProblemException refused = assertThrows(
                    ProblemException.class, () -> running.workers.completed(id, stale, false, Map.of("rows", 3)));
            assertEquals(ProblemCode.RUN_TAKEN_OVER, refused.code());
        }
        assertEquals(before, running.job(id));
        running.workers
                .completed(id, present, false, Map.of())
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.COMPLETED, running.status(id));
    }

    @Test
    void aHeartbeatOfALostJobIsTakenAndChangesNothing() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        running.workers
                .completed(id, null, false, Map.of())
                .toCompletableFuture()
                .join();
        external.beat("w1", job.id());
        assertEquals(100, running.job(id).state().progress().percent());
    }

    @Test
    void theWorkerOfAJobThatEndedIsToldAndClaimsItNoMore() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        assertEquals(JobHold.HELD, external.beat("w1", job.id()));
        running.scheduler.stop(id).toCompletableFuture().join();
        assertEquals(
                null, running.workers.worker("w1").orElseThrow().heartbeat().jobId());
        assertEquals(JobHold.ENDED, external.beat("w1", job.id()));
        assertEquals(List.of(), running.workers.worker("w1").orElseThrow().running());
        assertEquals(JobHold.UNKNOWN, external.beat("w1", UUID.randomUUID()));
        assertEquals(JobHold.NONE, external.beat("w1", null));
    }

    @Test
    void theLogOfAJobAtAnExternalWorkerTellsItsCourse() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        external.beat("w1", job.id());
        external.beat("w1", job.id());
        running.workers
                .completed(id, null, true, Map.of("message", "Out of paper."))
                .toCompletableFuture()
                .join();
        assertEquals(
                List.of(
                        "Taken by external worker w1",
                        "Task far on box",
                        "Failed at external worker w1: {\"message\":\"Out of paper.\"}"),
                running.log(id));
    }
}
