package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.RunException;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job that is retried about ten minutes after its failure, while the clock is set. */
class RetriesWhileTheClockIsSetTest {

    private static final RetryPolicy IN_TEN_MINUTES =
            new RetryPolicy(2, Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** The shortest delay, since a fifth of it is random. */
    private static final Duration LEAST = Duration.ofMinutes(8);

    private static final Duration MOST = Duration.ofMinutes(10);

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    private String id;

    @BeforeEach
    void fail() {
        running.modules.put("m", () -> task -> {
            if (task.epoch() == 1) {
                throw new RunException("Not yet.");
            }
        });
        running.modulesChanged();
        id = running.start(request("m").retry(IN_TEN_MINUTES).build());
        eventually("it waits", () -> running.job(id).state().parked() == ParkReason.RETRY);
    }

    private Duration left() {
        return Duration.between(running.clock.instant(), running.job(id).state().dueAt());
    }

    /** Sets the clock; returns once the job's due time is adjusted to it. */
    private void set(Duration by) {
        Instant before = running.job(id).state().dueAt();
        running.clock.advance(by);
        eventually(
                "the due time is adjusted",
                () -> running.job(id).state().dueAt().equals(before.plus(by)));
    }

    @Test
    void aClockThatIsSetAheadStartsItNoSooner() {
        Duration before = left();
        set(Duration.ofHours(2));
        assertEquals(before, left());
        running.pass(LEAST.minusMinutes(1));
        running.modulesChanged();
        assertTrue(running.scheduler
                .why(id)
                .sentence()
                .contains(running.job(id).state().dueAt().toString()));
        assertEquals(JobStatus.PENDING, running.status(id));
        running.pass(MOST);
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aClockThatIsSetBackDelaysItNoLonger() {
        set(Duration.ofDays(-400));
        running.pass(MOST);
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void whatComesAfterTheClockWasSetWaitsByTheNewTime() {
        set(Duration.ofHours(2));
        String other = running.start(request("m").retry(IN_TEN_MINUTES).build());
        eventually("it waits", () -> running.job(other).state().parked() == ParkReason.RETRY);
        running.pass(MOST.plusMinutes(3));
        running.awaitStatus(other, JobStatus.COMPLETED);
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aClockThatWasSetBackWhileTheServerWasDownDelaysItByNoMoreThanItsLongestPause() {
        running.close();
        running.clock.advance(Duration.ofDays(-20_000));
        running.open();
        assertTrue(left().compareTo(MOST) <= 0, left()::toString);
        set(Duration.ofDays(20_000)); // as when a machine without a battery-backed clock learns the time
        running.pass(MOST);
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aTimeThatSomebodyNamedIsOneOfTheWall() {
        Instant named = running.clock.instant().plus(Duration.ofHours(2));
        String scheduled = running.start(request("m").notBefore(named).build());
        set(Duration.ofHours(2));
        running.awaitStatus(scheduled, JobStatus.FAILED); // it has run and has no retry
        assertEquals(named, running.job(scheduled).state().startedAt());
    }

    @Test
    void aClaimThatFirstNoticesTheStepStartsNoRetryByIt() {
        running.clock.advance(Duration.ofHours(2));
        running.store.offer().toCompletableFuture().join(); // asks for a claim before anybody else reads the clock
        assertEquals(JobStatus.PENDING, running.status(id));
        running.modulesChanged();
        eventually("the due time is adjusted", () -> left().compareTo(LEAST.minusMinutes(1)) > 0);
        assertEquals(JobStatus.PENDING, running.status(id));
    }

    @Test
    void whileTheStoreTakesNoWritesTheMoveIsTriedAgain() {
        running.refused.add("moveRetries");
        running.clock.advance(Duration.ofHours(2));
        running.modulesChanged();
        eventually("the adjustment was refused", () -> running.refusals.get() > 0);
        assertEquals(JobStatus.PENDING, running.status(id));
        running.refused.clear();
        running.pass(Duration.ofSeconds(2));
        running.modulesChanged();
        eventually("the due time is adjusted", () -> left().compareTo(LEAST.minusMinutes(1)) > 0);
        assertEquals(JobStatus.PENDING, running.status(id));
    }
}
