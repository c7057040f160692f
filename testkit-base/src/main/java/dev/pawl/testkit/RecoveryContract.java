package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contract of recovery of jobs whose run ended with its process or its lease. */
interface RecoveryContract extends JobStoreTests {

    int MOST_CRASHES = 3;

    Duration MINUTE = Duration.ofMinutes(1);

    Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    @Test
    default void aJobWhoseProcessEndedGoesOnFromItsCheckpoint() throws Exception {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .results("{\"n\":1}")
                .checkpoint(Map.of("counted", 1))
                .settings(Map.of("depth", 3))
                .elapsed(Duration.ofSeconds(4))
                .build());
        jobs().write(jobs().draft(job)
                .lines("lost")
                .results("{\"n\":2}")
                .elapsed(Duration.ofSeconds(4))
                .build());
        reopen();
        assertEquals(List.of(job.id()), recover());
        JobState waiting = jobs().find(job).state();
        assertEquals(JobStatus.PENDING, waiting.status());
        assertEquals(ParkReason.INTERRUPTED, waiting.parked());
        assertEquals(1, waiting.crashes());
        assertEquals(1, waiting.attempt());
        assertEquals(Duration.ofSeconds(4), waiting.elapsed());
        assertEquals(Map.of("counted", 1), waiting.checkpoint());
        assertEquals(List.of("{\"n\":1}"), jobs().bodies(job));
        Job again = jobs().claimOne();
        assertEquals(2, again.state().epoch());
        assertEquals(Map.of("depth", 3), again.state().settings());
    }

    @Test
    default void aRecoveredJobsFormerRunIsFencedOnceItRunsAgain() {
        Job job = jobs().started("a");
        recover();
        jobs().refused(jobs().results(job, "{}"));
        jobs().claimOne();
        jobs().refused(jobs().lines(job, "from the grave"));
    }

    @Test
    default void aJobThatNeverMadeACheckpointStartsOver() {
        Job job = jobs().started("a");
        jobs().write(jobs().results(job, "{\"n\":1}", "{\"n\":2}"));
        recover();
        assertEquals(0, store().results(job.id(), 0, 10).total());
        Job again = jobs().claimOne();
        assertEquals(1, jobs().write(jobs().results(again, "{\"n\":1}")).firstResult());
    }

    @Test
    default void timesOfRetriesAreMovedAndThoseThatSomebodyNamedAreNot() {
        Instant now = clock().instant();
        Job retry = waitingForRetry(now.plus(Duration.ofMinutes(10)));
        Job named = jobs().add(JobStoreDriver.request("a")
                .notBefore(now.plus(Duration.ofMinutes(10)))
                .build());
        assertEquals(1, await(store().moveRetries(Duration.ofHours(2))));
        assertEquals(
                now.plus(Duration.ofMinutes(130)), jobs().find(retry).state().dueAt());
        assertEquals(
                now.plus(Duration.ofMinutes(10)), jobs().find(named).state().dueAt());
        await(store().moveRetries(Duration.ofHours(-2)));
        assertEquals(
                now.plus(Duration.ofMinutes(10)), jobs().find(retry).state().dueAt());
        clock().advance(Duration.ofMinutes(10));
        assertEquals(
                Set.of(retry.id(), named.id()),
                jobs().claimAll().stream().map(Job::id).collect(Collectors.toSet()));
        assertEquals(0, await(store().moveRetries(Duration.ofHours(2))));
    }

    @Test
    default void aRetryThatIsFartherThanItsLongestPauseIsBroughtForward() {
        Instant now = clock().instant();
        Job far = waitingForRetry(now.plus(Duration.ofDays(4_000)));
        Job near = waitingForRetry(now.plus(Duration.ofMinutes(3)));
        Job named = jobs().add(JobStoreDriver.request("a")
                .notBefore(now.plus(Duration.ofDays(4_000)))
                .build());
        recover();
        assertEquals(
                clock().instant().plus(LONGEST_PAUSE), jobs().find(far).state().dueAt());
        assertEquals(now.plus(Duration.ofMinutes(3)), jobs().find(near).state().dueAt());
        assertEquals(
                now.plus(Duration.ofDays(4_000)), jobs().find(named).state().dueAt());
    }

    private Job waitingForRetry(Instant due) {
        jobs().add(JobStoreDriver.request("a")
                .retry(new RetryPolicy(3, Duration.ofMinutes(1), LONGEST_PAUSE))
                .build());
        Job job = jobs().claimOne();
        jobs().write(jobs().move(job, new RunMove.Parked(ParkReason.RETRY, due, null, clock().instant())));
        return job;
    }

    @Test
    default void waitingAndEndedJobsAreLeftAlone() {
        Job ended = jobs().started("a");
        jobs().write(jobs().move(ended, jobs().completed()));
        Job waiting = jobs().add("a");
        assertEquals(List.of(), recover());
        assertEquals(waiting, jobs().find(waiting));
        assertEquals(JobStatus.COMPLETED, jobs().find(ended).state().status());
    }

    @Test
    default void aJobThatEndsItsProcessEachTimeFailsAtLast() {
        Job job = jobs().started("a");
        for (int crash = 1; crash < MOST_CRASHES; crash++) {
            assertEquals(List.of(job.id()), recover());
            assertEquals(crash, jobs().claimOne().state().crashes());
        }
        jobs().write(jobs().results(jobs().find(job), "{}"));
        assertEquals(List.of(), recover());
        JobState state = jobs().find(job).state();
        assertEquals(JobStatus.FAILED, state.status());
        assertEquals(MOST_CRASHES, state.crashes());
        assertEquals(clock().instant(), state.completedAt());
        Failure failure = state.failure();
        assertNotNull(failure);
        assertEquals("a", failure.module());
        assertTrue(failure.message().contains("3 times"), failure.message());
        assertFalse(jobs().results(job).get(0).tentative());
    }

    @Test
    default void aCheckpointForgivesCrashes() {
        jobs().started("a");
        recover();
        Job again = jobs().claimOne();
        jobs().write(jobs().lines(again, "not enough"));
        assertEquals(1, jobs().find(again).state().crashes());
        jobs().write(jobs().checkpoint(again, Map.of("counted", 1)));
        assertEquals(0, jobs().find(again).state().crashes());
    }

    @Test
    default void theNextTaskForgivesCrashes() {
        jobs().started("a", "b");
        recover();
        Job again = jobs().claimOne();
        jobs().write(jobs().move(again, jobs().nextTask()));
        assertEquals(0, jobs().find(again).state().crashes());
    }

    @Test
    default void anOrderlyEndOfARunForgivesCrashes() {
        jobs().started("a");
        recover();
        Job again = jobs().claimOne();
        jobs().write(jobs().move(again, RunMove.Parked.of(ParkReason.INTERRUPTED, clock().instant())));
        assertEquals(0, jobs().find(again).state().crashes());
    }

    @Test
    default void aLeasedJobOutlivesTheProcess() {
        Job leased = leased(Duration.ofSeconds(30));
        assertEquals(List.of(), recover());
        assertEquals(leased, jobs().find(leased));
    }

    @Test
    default void anEndedLeaseGivesTheJobBack() {
        Job leased = leased(Duration.ofSeconds(30));
        jobs().write(jobs().results(leased, "{}"));
        Instant end = clock().instant().plusSeconds(30);
        assertEquals(List.of(), await(store().expireLeases(end.minusMillis(1))));
        assertEquals(List.of(leased.id()), await(store().expireLeases(end)));
        JobState state = jobs().find(leased).state();
        assertEquals(JobStatus.PENDING, state.status());
        assertEquals(ParkReason.INTERRUPTED, state.parked());
        assertNull(state.leasedUntil());
        assertEquals(0, state.crashes());
        assertEquals(0, store().results(leased.id(), 0, 10).total());
        assertEquals(List.of(), await(store().expireLeases(end)));
        assertEquals(2, jobs().claimOne().state().epoch());
        jobs().refused(jobs().lines(leased, "too late"));
    }

    @Test
    default void theEndOfALeaseIsMoved() {
        Job leased = leased(Duration.ofSeconds(30));
        Instant from = Objects.requireNonNull(leased.state().leasedUntil());
        Instant until = clock().instant().plusSeconds(60);
        assertTrue(await(store().moveLease(leased.id(), 1, from, MINUTE)));
        assertEquals(until, jobs().find(leased).state().leasedUntil());
        assertEquals(List.of(), await(store().expireLeases(until.minusSeconds(1))));
        assertEquals(List.of(leased.id()), await(store().expireLeases(until)));
    }

    @Test
    default void aRunWhoseLeaseWasLostGoesOnUnlessTheJobWasTakenSince() {
        Job leased = leased(Duration.ofSeconds(30));
        String holder = Objects.requireNonNull(leased.state().worker());
        Instant until = clock().instant().plusSeconds(60);
        await(store().expireLeases(clock().instant().plusSeconds(30)));
        assertFalse(await(store().keepLease(leased.id(), 1, "another", "another", MINUTE)));
        assertTrue(await(store().keepLease(leased.id(), 1, holder, "named", MINUTE)));
        JobState state = jobs().find(leased).state();
        assertEquals(JobStatus.RUNNING, state.status());
        assertEquals(1, state.epoch());
        assertEquals("named", state.worker());
        assertEquals(until, state.leasedUntil());
        assertNull(state.parked());
        assertEquals(1, store().runs(leased.id()).size());
        await(store().expireLeases(until));
        jobs().claimOne();
        assertFalse(await(store().keepLease(leased.id(), 1, "named", "named", MINUTE)));
        assertFalse(await(store().keepLease(leased.id(), 2, "here", "here", MINUTE)), "the job has no lease");
    }

    @Test
    default void theEndOfALeaseThatWasKeptMeanwhileStays() {
        Job leased = leased(Duration.ofSeconds(30));
        String holder = Objects.requireNonNull(leased.state().worker());
        Instant from = Objects.requireNonNull(leased.state().leasedUntil());
        Instant kept = clock().instant().plusSeconds(60);
        assertTrue(await(store().keepLease(leased.id(), 1, holder, holder, MINUTE)));
        assertFalse(await(store().moveLease(leased.id(), 1, from, Duration.ZERO)));
        assertEquals(kept, jobs().find(leased).state().leasedUntil());
        assertFalse(await(store().moveLease(leased.id(), 2, kept, Duration.ZERO)), "the lease belongs to another run");
        assertEquals(kept, jobs().find(leased).state().leasedUntil());
    }

    @Test
    default void onlyALeasedJobsLeaseIsMoved() {
        Instant from = clock().instant();
        assertFalse(await(store().moveLease(UUID.randomUUID(), 1, from, MINUTE)));
        assertFalse(await(store().moveLease(jobs().add("a").id(), 1, from, MINUTE)));
        Job here = jobs().claimOne();
        assertFalse(await(store().moveLease(here.id(), 1, from, MINUTE)));
        assertNull(jobs().find(here).state().leasedUntil());
    }

    @Test
    default void allJobsOfAProcessAreRecovered() {
        Set<UUID> ids = new HashSet<>();
        for (String module : List.of("a", "b", "a")) {
            ids.add(jobs().add(module).id());
        }
        jobs().claimAll();
        assertEquals(ids, Set.copyOf(recover()));
        assertEquals(ids, Set.copyOf(jobs().claimAll().stream().map(Job::id).toList()));
    }

    private Job leased(Duration time) {
        jobs().add("a");
        return await(store().claim(jobs().lease("far", time))).get(0);
    }

    private List<UUID> recover() {
        return await(store().recover(MOST_CRASHES, clock().instant()));
    }
}
