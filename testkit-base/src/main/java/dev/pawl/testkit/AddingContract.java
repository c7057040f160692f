package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Role;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.UniqueKeyCheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of adding jobs to a store. */
interface AddingContract extends JobStoreTests {

    @Test
    default void anAddedJobWaits() {
        Job job = jobs().add("hello");
        JobState state = job.state();
        assertEquals(JobStatus.PENDING, state.status());
        assertEquals(0, state.epoch());
        assertEquals(1, state.attempt());
        assertEquals(0, state.crashes());
        assertEquals(0, state.taskIndex());
        assertEquals(Map.of(), state.checkpoint());
        assertEquals(Progress.NONE, state.progress());
        assertEquals(Duration.ZERO, state.elapsed());
        assertNull(state.startedAt());
        assertNull(state.completedAt());
        assertNull(state.dueAt());
        assertNull(state.parked());
        assertNull(state.failure());
        assertEquals(clock().instant(), job.createdAt());
    }

    @Test
    default void anAddedJobIsFoundAsItWasReturned() {
        Job job = jobs().add("hello");
        assertEquals(job, jobs().find(job));
    }

    @Test
    default void everyPartOfARequestIsKept() {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("text", "Grüße, \"世界\" \uD83D\uDE00 \u0000 end");
        inputs.put("integer", 7);
        inputs.put("long", 9_000_000_000L);
        inputs.put("number", new BigDecimal("0.1"));
        inputs.put("flag", true);
        inputs.put("nested", Map.of("list", List.of(1, List.of("a"))));
        JobRequest request = JobRequest.builder(List.of(new Task("copy", inputs), new Task("hello", Map.of())))
                .title("Copy, then greet")
                .settings(Map.of("depth", 3))
                .maxDuration(Duration.ofMinutes(90))
                .priority(-7)
                .retry(new RetryPolicy(5, Duration.ofSeconds(2), Duration.ofHours(1)))
                .uniqueKey("nightly")
                .uniqueFor(Duration.ofMinutes(10))
                .onConflict(OnConflict.REPLACE)
                .retryOf(UUID.fromString("0000b8cd-af93-8df2-8ab5-db452e948921"))
                .role(Role.ADMIN)
                .notBefore(Instant.parse("2026-03-02T00:00:00.123456789Z"))
                .build();
        Job job = jobs().add(request);
        assertEquals(request, jobs().find(job).request());
        assertEquals(
                List.copyOf(inputs.keySet()),
                List.copyOf(jobs().find(job).request().tasks().get(0).inputs().keySet()));
    }

    @Test
    default void aJobForLaterIsDueThen() {
        Instant later = clock().instant().plus(Duration.ofHours(1));
        Job job = jobs().add(request("hello").notBefore(later).build());
        assertEquals(later, jobs().find(job).state().dueAt());
    }

    @Test
    default void aTimeThatIsPastMeansAtOnce() {
        Job job = jobs().add(request("hello").notBefore(Instant.EPOCH).build());
        assertNull(job.state().dueAt());
    }

    @Test
    default void timesFarAwayAreTaken() {
        Job job = jobs().add(request("hello").notBefore(Instant.MAX).build());
        assertEquals(Instant.MAX, jobs().find(job).request().notBefore().orElseThrow());
        assertEquals(List.of(), jobs().claimAll());
    }

    @Test
    default void jobsAddedTogetherComeBackInOrder() {
        List<NewJob> wanted = List.of(newJob("a"), newJob("b"), newJob("c"));
        List<Job> added = await(store().add(wanted));
        assertEquals(
                wanted.stream().map(NewJob::id).toList(),
                added.stream().map(Job::id).toList());
        assertEquals(3, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void addingNothingIsHarmless() {
        assertEquals(List.of(), await(store().add(List.of())));
    }

    @Test
    default void ofJobsAddedTogetherAllOrNoneStay() {
        NewJob first = newJob("a");
        NewJob sameId = new NewJob(first.id(), request("b").build(), clock().instant());
        assertThrows(IllegalArgumentException.class, () -> await(store().add(List.of(first, sameId))));
        assertTrue(store().find(first.id()).isEmpty());
        assertEquals(0, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void aRefusedAdditionDoesNotHarmThoseBesideIt() {
        NewJob good = newJob("a");
        NewJob alsoGood = newJob("b");
        var first = store().add(List.of(good));
        var refused = store().add(List.of(good));
        var second = store().add(List.of(alsoGood));
        await(first);
        await(second);
        assertThrows(IllegalArgumentException.class, () -> await(refused));
        assertEquals(2, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void aUniqueKeyGivesTheWaitingJobInsteadOfAnother() {
        Job first = jobs().add(unique("nightly"));
        assertEquals(first, jobs().add(unique("nightly")));
        assertEquals(1, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void aUniqueKeyGivesTheRunningJobAsItIsNow() {
        jobs().add(unique("nightly"));
        Job running = jobs().claimOne();
        assertEquals(running, jobs().add(unique("nightly")));
    }

    @Test
    default void aUniqueKeyIsFreeAgainAfterTheJobsEnd() {
        jobs().add(unique("nightly"));
        Job first = jobs().claimOne();
        jobs().write(jobs().move(first, jobs().completed()));
        Job second = jobs().add(unique("nightly"));
        assertNotEquals(first.id(), second.id());
        assertEquals(JobStatus.PENDING, second.state().status());
    }

    @Test
    default void theCheckOfANewJobSeesTheHolderOfItsKeyAndMayRefuseIt() {
        Job first = jobs().add(unique("nightly"));
        List<Job> seen = new ArrayList<>();
        NewJob refusing = keyed(unique("nightly"), null, holder -> {
            seen.add(holder);
            throw new IllegalStateException("refused");
        });
        assertThrows(IllegalStateException.class, () -> await(store().add(List.of(newJob("a"), refusing))));
        assertEquals(List.of(first), seen);
        assertEquals(1, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void aUniqueKeyIsHeldForItsTimeAfterTheJobsEnd() {
        Job held = end(unique(Duration.ofMinutes(10)));
        clock().advance(Duration.ofMinutes(9));
        assertEquals(held.id(), jobs().add(unique("nightly")).id());
        clock().advance(Duration.ofMinutes(1));
        assertNotEquals(held.id(), jobs().add(unique("nightly")).id());
    }

    @Test
    default void theLatestJobThatStillHoldsAKeyIsTheOneFound() {
        end(unique(Duration.ofHours(1)));
        clock().advance(Duration.ofMinutes(1));
        Job replacing = end(JobRequest.builder(unique(Duration.ofHours(2)).tasks())
                .uniqueKey("nightly")
                .uniqueFor(Duration.ofHours(2))
                .onConflict(OnConflict.REPLACE)
                .build());
        assertEquals(replacing.id(), jobs().add(unique("nightly")).id());
    }

    @Test
    default void aJobThatHasEndedGivesItsKeyAwayToOneThatReplaces() {
        Job held = end(unique(Duration.ofHours(1)));
        Job replacing = end(request("hello")
                .uniqueKey("nightly")
                .onConflict(OnConflict.REPLACE)
                .build());
        assertNotEquals(held.id(), replacing.id());
        assertNotEquals(held.id(), jobs().add(unique("nightly")).id());
    }

    @Test
    default void aJobThatHasEndedGivesItsKeyAwayToItsOwnRetryAlone() {
        Job held = end(unique(Duration.ofHours(1)));
        JobRequest.Builder request = request("hello").uniqueKey("nightly").onConflict(OnConflict.REJECT);
        assertEquals(
                held.id(),
                jobs().add(request.retryOf(UUID.randomUUID()).build()).id());
        assertNotEquals(
                held.id(), jobs().add(request.retryOf(held.id()).build()).id());
    }

    @Test
    default void aRemovedJobHoldsNoKey() {
        Job held = end(unique(Duration.ofHours(1)));
        assertTrue(await(store().remove(held.id())));
        assertNotEquals(held.id(), jobs().add(unique("nightly")).id());
    }

    @Test
    default void aUniqueKeyCountsWithinOneCallToo() {
        NewJob first = new NewJob(UUID.randomUUID(), unique("nightly"), clock().instant());
        NewJob second = new NewJob(UUID.randomUUID(), unique("nightly"), clock().instant());
        List<Job> added = await(store().add(List.of(first, second, newJob("a"))));
        assertEquals(first.id(), added.get(0).id());
        assertEquals(first.id(), added.get(1).id());
        assertTrue(store().find(second.id()).isEmpty());
        assertEquals(2, store().counts().get(JobStatus.PENDING));
    }

    @Test
    default void jobsAreThereAfterAReopening() throws Exception {
        Job job = jobs().add("hello");
        reopen();
        assertEquals(job, jobs().find(job));
        assertFalse(jobs().claimAll().isEmpty());
    }

    /** Adds a job and lets it end. */
    private Job end(JobRequest request) {
        Job added = jobs().add(request);
        Job running = jobs().claimOne();
        jobs().write(jobs().move(running, jobs().completed()));
        return added;
    }

    private NewJob keyed(JobRequest request, @Nullable RequestKey key, UniqueKeyCheck check) {
        return new NewJob(UUID.randomUUID(), request, clock().instant(), check, key);
    }

    private static JobRequest unique(Duration heldFor) {
        return request("hello").uniqueKey("nightly").uniqueFor(heldFor).build();
    }

    private NewJob newJob(String module) {
        return new NewJob(UUID.randomUUID(), request(module).build(), clock().instant());
    }

    private static JobRequest unique(String key) {
        return request("hello").uniqueKey(key).build();
    }
}
