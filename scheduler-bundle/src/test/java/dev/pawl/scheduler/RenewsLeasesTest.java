package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Progress;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.JobHold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An external worker keeps its job by heartbeats, and loses it when it is silent, whatever the clock is set to. */
class RenewsLeasesTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final ExternalWorkers external = new ExternalWorkers(running);

    @Test
    void aPolledJobIsTheWorkersUntilItsHeartbeatsStop() {
        String id = external.enqueued("far");
        assertEquals(Optional.empty(), external.polled("w1", Set.of("other")));
        Job job = external.polled("w1", Set.of("far")).orElseThrow();
        assertEquals(id, job.id().toString());
        assertEquals(Optional.empty(), external.polled("w2", null));
        external.silence(20);
        external.beat("w1", job.id());
        external.silence(20);
        running.parts.workers.expireLeases();
        assertEquals(JobStatus.RUNNING, running.status(id));
        external.silence(31);
        running.awaitStatus(id, JobStatus.PENDING);
        assertEquals(Optional.empty(), running.workers.worker("w1"));
    }

    @Test
    void aNamedWorkerKeepsWhatItPolledAlsoWhenItsHeartbeatNamesNoJob() {
        String id = external.enqueued("far");
        external.polled("w1", null);
        for (int i = 0; i < 3; i++) {
            external.silence(20);
            external.beat("w1", null);
            running.parts.workers.expireLeases();
            assertEquals(JobStatus.RUNNING, running.status(id));
        }
        external.silence(20);
        external.send("w1", ExternalWorkers.idle()); // as after the worker's restart
        external.silence(20);
        running.parts.workers.expireLeases();
        running.awaitStatus(id, JobStatus.PENDING);
    }

    @Test
    void aClockThatIsSetBackKeepsNeitherAWorkerThatIsGoneNorItsJob() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        external.beat("w1", job.id());
        running.clock.set(running.clock.instant().minus(Duration.ofHours(5)));
        assertTrue(running.workers.worker("w1").isPresent());
        running.parts.workers.expireLeases();
        eventually("the lease is shortened to its usual length", () -> running.clock
                .instant()
                .plusSeconds(30)
                .equals(running.job(id).state().leasedUntil()));
        assertEquals(JobStatus.RUNNING, running.status(id));
        external.silence(31);
        eventually("the job is pending again", () -> {
            running.parts.workers.expireLeases();
            return running.status(id) == JobStatus.PENDING;
        });
        assertEquals(Optional.empty(), running.workers.worker("w1"));
    }

    @Test
    void aClockThatJumpsAheadEndsNoLease() {
        String id = external.enqueued("far");
        external.polled("w1", null);
        running.clock.advance(Duration.ofHours(2));
        external.silence(25);
        assertEquals(JobStatus.RUNNING, running.status(id));
        external.silence(10);
        running.awaitStatus(id, JobStatus.PENDING);
    }

    @Test
    void aServerThatStoodStillOrWasDownHeardNobodyAndTakesNoJobAway() {
        String id = external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        assertEquals(JobHold.HELD, external.beat("w1", job.id()));
        running.pass(Duration.ofSeconds(37)); // the process was paused
        running.parts.workers.expireLeases();
        external.silence(25);
        assertEquals(JobStatus.RUNNING, running.status(id));
        assertTrue(running.workers.worker("w1").isPresent());
        running.crash();
        running.pass(Duration.ofSeconds(35));
        external.silence(25);
        assertEquals(JobStatus.RUNNING, running.status(id));
        external.silence(10);
        running.awaitStatus(id, JobStatus.PENDING);
    }

    @Test
    void aBeatGetsALostJobBackThatNobodyHasTaken() {
        String id = external.enqueued("far");
        Job job = external.polled(null, null).orElseThrow();
        assertEquals(JobHold.HELD, external.beat("w1", job.id()));
        assertEquals("w1", running.job(id).state().worker());
        external.silence(31);
        running.awaitStatus(id, JobStatus.PENDING);
        assertEquals(JobHold.LOST, external.beat("w2", job.id()));
        assertEquals(JobHold.HELD, external.beat("w1", job.id()));
        assertEquals(JobStatus.RUNNING, running.status(id));
        assertEquals(job.state().epoch(), running.job(id).state().epoch());
        assertEquals(1, running.scheduler.runs(id).size());
        running.workers
                .completed(id, job.state().epoch(), false, Map.of())
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.COMPLETED, running.status(id));
    }

    @Test
    void aBeatThatGetsAJobBackIsShownWithItsProgress() {
        String id = external.enqueued("far");
        external.polled("w1", null);
        external.silence(31);
        running.awaitStatus(id, JobStatus.PENDING);

        assertEquals(JobHold.HELD, external.beat("w1", UUID.fromString(id)));

        assertEquals(
                new Progress(10, Map.of("file", "a")), running.job(id).state().progress());
    }

    @Test
    void aBeatDoesNotTakeAJobFromTheOneThatHasIt() {
        external.enqueued("far");
        Job job = external.polled("w1", null).orElseThrow();
        external.silence(31);
        assertTrue(external.polled("w2", null).isPresent());
        assertEquals(JobHold.LOST, external.beat("w1", job.id()));
        assertEquals("w2", running.job(job.id().toString()).state().worker());
    }

    @Test
    void aJobThatAWorkerHasHadForAsLongAsItMayRunIsStopped() {
        String id = running.scheduler
                .enqueue(RunningScheduler.request("far")
                        .maxDuration(Duration.ofMinutes(1))
                        .build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
        for (String worker :
                List.of("w1", "w2")) { // the first worker is lost after 40 s, which count towards the limit
            Job job = external.polled(worker, null).orElseThrow();
            external.silence(20);
            external.beat(worker, job.id());
            external.silence(20);
            running.parts.workers.expireLeases();
            if (worker.equals("w1")) {
                assertEquals(JobStatus.RUNNING, running.status(id));
                external.silence(11);
                running.awaitStatus(id, JobStatus.PENDING);
            }
        }
        running.awaitStatus(id, JobStatus.STOPPED);
        assertTrue(running.log(id).contains("Duration limit reached (1m)"), running.log(id)::toString);
        assertThrows(ProblemException.class, () -> running.workers.completed(id, null, false, Map.of()));
    }
}
