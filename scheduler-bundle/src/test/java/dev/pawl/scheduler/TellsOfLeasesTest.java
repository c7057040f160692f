package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs held by external workers that poll without a name, and what they show of them. */
class TellsOfLeasesTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final ExternalWorkers external = new ExternalWorkers(running);

    private String id;

    @BeforeEach
    void enqueueAndPoll() {
        id = external.enqueued("far");
        poll();
    }

    private Job poll() {
        return external.polled(null, null).orElseThrow();
    }

    private void beat(WorkerStatus status, @Nullable Job job) {
        var beat = new Heartbeat(
                status, null, "box", "1", job == null ? null : "far", job == null ? null : job.id(), null, null, "");
        external.send("w1", beat);
    }

    private void end(Object info) {
        running.workers.completed(id, null, false, info).toCompletableFuture().join();
    }

    @Test
    void aJobThatEndsBeforeABeatNamesItBearsTheNameInItsInfo() {
        beat(WorkerStatus.IDLE, null);
        end(Map.of("worker_id", "w1", "runtime", "0:00:01"));
        assertEquals("w1", running.job(id).state().worker());
        assertEquals("w1", running.scheduler.runs(id).get(0).worker());
        assertEquals(
                List.of("Taken by an external worker that did not give a name", "Completed by external worker w1"),
                running.log(id));
    }

    @Test
    void aNameThatNobodyBeatsByIsNotTaken() {
        end(Map.of("worker_id", "w1"));
        assertEquals(JobStatus.COMPLETED, running.status(id));
        assertEquals("unnamed", running.scheduler.runs(id).get(0).worker());
        assertEquals("Completed by external worker unnamed", running.log(id).get(1));
    }

    @Test
    void eachRunTellsItsTaskAlsoWhenItIsTheOneOfTheRunBefore() {
        beat(WorkerStatus.IN_PROGRESS, running.job(id));
        external.silence(30); // the last check takes the job away
        running.awaitStatus(id, JobStatus.PENDING);
        beat(WorkerStatus.IN_PROGRESS, poll());
        List<String> log = running.log(id);
        assertEquals(2, log.stream().filter("Task far on box"::equals).count(), log::toString);
    }
}
