package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job with a limit of one hour that runs at an external worker while the clock is set. */
class CountsLeasedTimeTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    private final ExternalWorkers external = new ExternalWorkers(running);

    private Job job;

    @BeforeEach
    void handOut() {
        running.scheduler
                .enqueue(RunningScheduler.request("far")
                        .maxDuration(Duration.ofHours(1))
                        .build())
                .toCompletableFuture()
                .join();
        job = external.polled("w1", Set.of("far")).orElseThrow();
    }

    private JobStatus look() {
        external.beat("w1", job.id());
        running.parts.workers.expireLeases();
        running.documents.put("a", "b", "{}").toCompletableFuture().join(); // all earlier writes are finished
        return running.status(job.id().toString());
    }

    @Test
    void aClockThatGoesAheadEndsNoJob() {
        running.clock.advance(Duration.ofHours(2));
        assertEquals(JobStatus.RUNNING, look());
    }

    @Test
    void aClockThatIsSetBackKeepsNoJobForLonger() {
        running.clock.advance(Duration.ofHours(-5));
        running.time.advance(Duration.ofMinutes(59));
        assertEquals(JobStatus.RUNNING, look());
        running.time.advance(Duration.ofMinutes(1));
        assertEquals(JobStatus.STOPPED, look());
        assertTrue(
                running.log(job.id().toString()).contains("Duration limit reached (1h)"),
                () -> running.log(job.id().toString()).toString());
    }

    @Test
    void whatItHasHadCountsAfterARestartAndTheTimeWithoutAServerDoesNot() {
        running.time.advance(Duration.ofMinutes(40));
        assertEquals(JobStatus.RUNNING, look());
        assertTrue(running.job(job.id().toString()).state().elapsed().toMinutes() >= 40);
        running.close();
        running.time.advance(Duration.ofHours(3));
        running.open();
        assertEquals(JobStatus.RUNNING, look());
        running.time.advance(Duration.ofMinutes(19));
        assertEquals(JobStatus.RUNNING, look());
        running.time.advance(Duration.ofMinutes(1));
        assertEquals(JobStatus.STOPPED, look());
    }

    @Test
    void itIsPutOnDiskOnceInHalfAMinute() {
        running.time.advance(Duration.ofSeconds(29));
        assertEquals(JobStatus.RUNNING, look());
        assertEquals(0, running.job(job.id().toString()).state().elapsed().toSeconds());
        running.time.advance(Duration.ofSeconds(1));
        assertEquals(JobStatus.RUNNING, look());
        assertEquals(30, running.job(job.id().toString()).state().elapsed().toSeconds());
    }

    @Test
    void theEndOfAJobSaysHowLongItTook() {
        running.time.advance(Duration.ofMinutes(7));
        running.workers
                .completed(job.id().toString(), null, false, Map.of())
                .toCompletableFuture()
                .join();
        eventually("the job has ended", () -> running.status(job.id().toString()) == JobStatus.COMPLETED);
        assertEquals(7, running.job(job.id().toString()).state().elapsed().toMinutes());
    }

    @Test
    void theServersUptimeIsNoMatterOfTheClock() {
        running.clock.advance(Duration.ofDays(3));
        running.time.advance(Duration.ofMinutes(5));
        assertEquals("5m 0s", running.scheduler.status().uptime());
    }
}
