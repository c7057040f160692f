package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobChange.Kind;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of the observer: the changes of which it learns, and in which order. */
interface ObserverContract extends JobStoreTests {

    /** Keeps what it learns. */
    private List<JobChange> observed() {
        List<JobChange> changes = new CopyOnWriteArrayList<>();
        store().observe(changes::addAll);
        return changes;
    }

    private static List<Kind> kinds(List<JobChange> changes) {
        return changes.stream().map(JobChange::kind).toList();
    }

    @Test
    default void eachChangeOfAJobIsObservedInItsOrder() {
        List<JobChange> changes = observed();
        Job added = jobs().add("hello", "files");
        Job running = jobs().claimOne();
        jobs().write(jobs().draft(running).progress(50, Map.of()).build());
        jobs().write(jobs().move(running, jobs().nextTask()));
        jobs().write(jobs().move(running, RunMove.Parked.of(ParkReason.INTERRUPTED, clock().instant())));
        Job again = jobs().claimOne();
        jobs().write(jobs().move(again, jobs().completed()));
        assertEquals(
                List.of(
                        Kind.ADDED,
                        Kind.STARTED,
                        Kind.PROGRESS,
                        Kind.NEXT_TASK,
                        Kind.WAITING,
                        Kind.STARTED,
                        Kind.ENDED),
                kinds(changes));
        assertTrue(changes.stream().allMatch(change -> change.id().equals(added.id())));
        assertEquals(added, changes.get(0).job());
        assertEquals(running, changes.get(1).job());
        assertEquals(
                List.of(0L, 1L, 1L, 1L, 1L, 2L, 2L),
                changes.stream().map(JobChange::epoch).toList());
    }

    @Test
    default void aChangeIsObservedOnceItCanBeReadAndBeforeItsFutureCompletes() {
        List<JobStatus> read = new CopyOnWriteArrayList<>();
        store().observe(changes -> changes.forEach(change ->
                read.add(store().find(change.id()).orElseThrow().state().status())));
        jobs().add("hello");
        assertEquals(List.of(JobStatus.PENDING), read);
        jobs().write(jobs().move(jobs().claimOne(), jobs().completed()));
        assertEquals(List.of(JobStatus.PENDING, JobStatus.RUNNING, JobStatus.COMPLETED), read);
    }

    @Test
    default void aJobThatStartsAtOnceIsObservedAsAddedFirst() {
        List<JobChange> changes = observed();
        ClaimRequest claim = jobs().claim(1, 1);
        store().attach(new JobConsumer() {
            @Override
            public @Nullable ClaimRequest wanted() {
                return claim;
            }

            @Override
            public void take(List<Job> claimed) {
                assertEquals(2, changes.size(), "the claim is observed before it is handed over");
            }
        });
        jobs().add("hello");
        assertEquals(List.of(Kind.ADDED, Kind.STARTED), kinds(changes));
    }

    @Test
    default void changesOfManyTransactionsAreObservedInTheirOrder() {
        List<JobChange> changes = observed();
        List<CompletionStage<?>> all = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            NewJob job = new NewJob(
                    UUID.randomUUID(), JobStoreDriver.request("hello").build(), clock().instant());
            ids.add(job.id());
            all.add(store().add(List.of(job)));
        }
        all.forEach(JobStoreDriver::await);
        assertEquals(ids, changes.stream().map(JobChange::id).toList());
    }

    @Test
    default void whatIsRefusedIsNotObserved() {
        Job job = jobs().started("hello");
        jobs().write(jobs().move(job, jobs().stopped()));
        List<JobChange> changes = observed();
        jobs().refused(jobs().move(job, jobs().completed()));
        NewJob same = new NewJob(job.id(), JobStoreDriver.request("hello").build(), clock().instant());
        NewJob other =
                new NewJob(UUID.randomUUID(), JobStoreDriver.request("hello").build(), clock().instant());
        assertThrows(IllegalArgumentException.class, () -> await(store().add(List.of(other, same))));
        assertEquals(List.of(), changes);
    }

    @Test
    default void linesResultsAndCheckpointsAreNotObserved() {
        Job job = jobs().started("hello");
        List<JobChange> changes = observed();
        jobs().write(jobs().lines(job, "a line"));
        jobs().write(jobs().results(job, "{}"));
        jobs().write(jobs().checkpoint(job, Map.of("n", 1)));
        assertEquals(List.of(), changes);
    }

    @Test
    default void aRemovalIsObservedWithTheJobAsItWas() {
        Job job = jobs().started("hello");
        List<JobChange> changes = observed();
        assertEquals(false, await(store().remove(job.id(), null)), "it runs");
        jobs().write(jobs().move(job, jobs().completed()));
        Job ended = store().find(job.id()).orElseThrow();
        assertEquals(true, await(store().remove(job.id(), null)));
        assertEquals(List.of(Kind.ENDED, Kind.REMOVED), kinds(changes));
        assertEquals(ended, changes.get(1).job());
        assertEquals(false, await(store().remove(job.id(), null)), "it is gone");
        assertEquals(2, changes.size());
    }

    @Test
    default void anotherPriorityIsObserved() {
        Job job = jobs().add("hello");
        List<JobChange> changes = observed();
        assertEquals(1, await(store().prioritize(List.of(job.id()), 7, null)));
        assertEquals(List.of(Kind.CHANGED), kinds(changes));
        assertEquals(0, await(store().prioritize(List.of(UUID.randomUUID()), 7, null)));
        assertEquals(1, changes.size());
    }

    @Test
    default void leasesAndDueTimesAreObserved() {
        jobs().add("hello");
        Job leased = await(store().claim(jobs().lease("worker", Duration.ofSeconds(30))))
                .get(0);
        List<JobChange> changes = observed();
        Instant end = clock().instant().plusSeconds(30);
        await(store().expireLeases(end));
        assertTrue(await(store().keepLease(leased.id(), 1, "worker", "worker", Duration.ofSeconds(60))));
        Job later = jobs().add(JobStoreDriver.request("hello")
                .notBefore(clock().instant().plusSeconds(600))
                .build());
        assertTrue(await(store().makeDue(later.id())));
        assertEquals(List.of(Kind.WAITING, Kind.STARTED, Kind.ADDED, Kind.CHANGED), kinds(changes));
    }
}
