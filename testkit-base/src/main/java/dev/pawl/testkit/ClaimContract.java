package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of claims: the workers that get waiting jobs, and their order. */
interface ClaimContract extends JobStoreTests {

    @Test
    default void aClaimedJobRuns() {
        jobs().add("hello");
        Job claimed = jobs().claimOne();
        JobState state = claimed.state();
        assertEquals(JobStatus.RUNNING, state.status());
        assertEquals(1, state.epoch());
        assertEquals("here", state.worker());
        assertEquals(clock().instant(), state.startedAt());
        assertNull(state.leasedUntil());
        assertEquals(claimed, jobs().find(claimed));
    }

    @Test
    default void aJobIsClaimedOnce() {
        jobs().started("hello");
        assertEquals(List.of(), jobs().claimAll());
    }

    @Test
    default void olderJobsGoFirst() {
        List<UUID> added = List.of(
                jobs().add("b").id(),
                jobs().add("a").id(),
                jobs().add("c").id(),
                jobs().add("a").id());
        assertEquals(added, ids(jobs().claimAll()));
    }

    @Test
    default void higherPriorityGoesBeforeAge() {
        Job low = jobs().add(request("a").priority(-1).build());
        Job usual = jobs().add("b");
        Job high = jobs().add(request("a").priority(1000).build());
        assertEquals(List.of(high.id(), usual.id(), low.id()), ids(jobs().claimAll()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ParkReason.class,
            names = {"INTERRUPTED", "MODULE_GONE", "MODULE_UPDATE"})
    default void aJobThatHadBegunGoesBeforePriority(ParkReason reason) {
        Job begun = jobs().started("a");
        jobs().add(request("b").priority(1000).build());
        park(begun, reason, null);
        Job first = await(store().claim(jobs().claim(1, 1))).get(0);
        assertEquals(begun.id(), first.id());
        assertNull(first.state().parked());
    }

    @Test
    default void aRetryQueuesUpLikeOthers() {
        Job begun = jobs().started("a");
        Job high = jobs().add(request("b").priority(1).build());
        park(begun, ParkReason.RETRY, null);
        assertEquals(List.of(high.id(), begun.id()), ids(jobs().claimAll()));
    }

    @Test
    default void noMoreAreTakenThanAskedFor() {
        Job first = jobs().add("a");
        jobs().add("a");
        assertEquals(List.of(first.id()), ids(await(store().claim(jobs().claim(1, 100)))));
    }

    @Test
    default void runningJobsFillTheSlots() {
        jobs().started("a");
        jobs().add("a");
        jobs().add("b");
        jobs().add("c");
        assertEquals(2, await(store().claim(jobs().claim(100, 3))).size());
        assertEquals(0, await(store().claim(jobs().claim(100, 3))).size());
        assertEquals(0, await(store().claim(jobs().claim(100, 1))).size());
    }

    @Test
    default void aJobThatEndsFreesItsSlot() {
        Job running = jobs().started("a");
        jobs().add("a");
        assertEquals(0, await(store().claim(jobs().claim(1, 1))).size());
        jobs().write(jobs().move(running, jobs().completed()));
        assertEquals(1, await(store().claim(jobs().claim(1, 1))).size());
    }

    @Test
    default void leasedJobsFillNoSlot() {
        jobs().add("a");
        jobs().add("a");
        assertEquals(
                1,
                await(store().claim(jobs().lease("far", Duration.ofSeconds(30))))
                        .size());
        assertEquals(1, await(store().claim(jobs().claim(1, 1))).size());
    }

    @Test
    default void aLeaseIsKept() {
        jobs().add("a");
        Job leased = await(store().claim(jobs().lease("far", Duration.ofSeconds(30))))
                .get(0);
        assertEquals(clock().instant().plusSeconds(30), leased.state().leasedUntil());
        assertEquals("far", leased.state().worker());
        assertEquals(leased, jobs().find(leased));
    }

    @Test
    default void onlyJobsWhoseModulesAreAllThereAreTaken() {
        jobs().add("missing");
        jobs().add("here", "missing");
        Job both = jobs().add("here", "also");
        Job one = jobs().add("also");
        assertEquals(List.of(), ids(await(store().claim(jobs().claimOf(Set.of())))));
        assertEquals(List.of(both.id(), one.id()), ids(await(store().claim(jobs().claimOf(Set.of("here", "also"))))));
    }

    @Test
    default void moduleNamesMayHoldAnyCharacter() {
        Job odd = jobs().add("a,b");
        Job percent = jobs().add("a%2Cb");
        assertEquals(List.of(), ids(await(store().claim(jobs().claimOf(Set.of("a", "b"))))));
        assertEquals(List.of(percent.id()), ids(await(store().claim(jobs().claimOf(Set.of("a%2Cb"))))));
        assertEquals(List.of(odd.id()), ids(await(store().claim(jobs().claimOf(Set.of("a,b"))))));
    }

    @Test
    default void aModulesLimitHoldsBackItsJobsAlone() {
        Job first = jobs().add("limited");
        jobs().add("limited");
        Job other = jobs().add("free");
        assertEquals(
                List.of(first.id(), other.id()), ids(await(store().claim(jobs().claimWithin(Map.of("limited", 1))))));
        assertEquals(List.of(), ids(await(store().claim(jobs().claimWithin(Map.of("limited", 1))))));
        assertEquals(
                1,
                await(store().claim(jobs().claimWithin(Map.of("limited", 2)))).size());
    }

    @Test
    default void aJobCountsForEachOfItsModules() {
        Job both = jobs().add("a", "b", "a");
        jobs().add("a");
        jobs().add("b");
        Map<String, Integer> limits = Map.of("a", 1, "b", 1);
        assertEquals(List.of(both.id()), ids(await(store().claim(jobs().claimWithin(limits)))));
        assertEquals(List.of(), ids(await(store().claim(jobs().claimWithin(limits)))));
    }

    @Test
    default void leasedJobsCountForTheirModulesLimit() {
        jobs().add("a");
        jobs().add("a");
        await(store().claim(jobs().lease("far", Duration.ofSeconds(30))));
        assertEquals(List.of(), ids(await(store().claim(jobs().claimWithin(Map.of("a", 1))))));
    }

    @Test
    default void manyJobsOfAMissingModuleDoNotHideOthers() {
        for (int n = 0; n < 200; n++) {
            jobs().add(request("missing").priority(5).build());
        }
        Job other = jobs().add("here");
        assertEquals(List.of(other.id()), ids(await(store().claim(jobs().claimOf(Set.of("here"))))));
    }

    @Test
    default void moreJobsOfOneModuleThanAFewAreTakenInOrder() {
        for (int n = 0; n < 300; n++) {
            jobs().add(n % 3 == 0 ? "b" : "a");
        }
        List<UUID> waiting = ids(store().pending(1_000));
        assertEquals(waiting, ids(jobs().claimAll()));
    }

    @Test
    default void aJobWaitsUntilItIsDue() {
        Instant later = clock().instant().plus(Duration.ofHours(1));
        Job job = jobs().add(request("a").notBefore(later).build());
        assertEquals(List.of(), jobs().claimAll());
        clock().set(later.minusMillis(1));
        assertEquals(List.of(), jobs().claimAll());
        clock().set(later);
        Job claimed = jobs().claimOne();
        assertEquals(job.id(), claimed.id());
        assertNull(claimed.state().dueAt());
    }

    @Test
    default void aJobIsMadeDueAtOnce() {
        Job job = jobs().add(request("a").notBefore(Instant.MAX).build());
        assertTrue(await(store().makeDue(job.id())));
        assertNull(jobs().find(job).state().dueAt());
        assertEquals(job.id(), jobs().claimOne().id());
        assertFalse(await(store().makeDue(job.id())));
        assertFalse(await(store().makeDue(UUID.randomUUID())));
    }

    @Test
    default void theNextDueTimeIsKnown() {
        Instant now = clock().instant();
        assertTrue(store().nextDue(now).isEmpty());
        jobs().add("at-once");
        jobs().add(request("a").notBefore(now.plus(Duration.ofHours(2))).build());
        jobs().add(request("a").notBefore(now.plus(Duration.ofHours(1))).build());
        assertEquals(now.plus(Duration.ofHours(1)), store().nextDue(now).orElseThrow());
        assertEquals(
                now.plus(Duration.ofHours(2)),
                store().nextDue(now.plus(Duration.ofHours(1))).orElseThrow());
        assertTrue(store().nextDue(now.plus(Duration.ofHours(2))).isEmpty());
    }

    @Test
    default void eachClaimRaisesTheEpochAndKeepsTheFirstStart() {
        Job first = jobs().started("a");
        park(first, ParkReason.INTERRUPTED, null);
        clock().advance(Duration.ofMinutes(5));
        Job second = jobs().claimOne();
        assertEquals(2, second.state().epoch());
        assertEquals(first.state().startedAt(), second.state().startedAt());
        assertEquals(second, jobs().find(second));
    }

    @Test
    default void aRetrysFormerFailureIsGoneOnceItRuns() {
        Job first = jobs().started("a");
        Failure failure = new Failure(Phase.RUN, 0, "a", "It broke.", null);
        jobs().write(jobs().move(first, new RunMove.Parked(ParkReason.RETRY, null, failure, clock().instant())));
        assertNull(jobs().claimOne().state().failure());
        assertNull(jobs().find(first).state().failure());
    }

    private void park(Job job, ParkReason reason, @Nullable Instant dueAt) {
        jobs().write(jobs().move(job, new RunMove.Parked(reason, dueAt, null, clock().instant())));
    }

    private static List<UUID> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }
}
