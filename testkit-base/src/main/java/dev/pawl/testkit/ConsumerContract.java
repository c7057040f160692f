package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of the attached consumer: the changes after which it gets jobs, and which. */
interface ConsumerContract extends JobStoreTests {

    /** Takes what the test says, and keeps what it got. */
    final class Taking implements JobConsumer {

        private final List<Job> taken = new CopyOnWriteArrayList<>();
        private volatile @Nullable ClaimRequest request;

        @Override
        public @Nullable ClaimRequest wanted() {
            return request;
        }

        @Override
        public void take(List<Job> claimed) {
            taken.addAll(claimed);
        }

        /** Makes this claim from now on. */
        void takes(ClaimRequest claim) {
            request = claim;
        }

        /** The ids of the jobs that it got since the last call. */
        List<UUID> ids() {
            List<UUID> ids = taken.stream().map(Job::id).toList();
            taken.clear();
            return ids;
        }
    }

    /** Attaches a consumer that makes a claim whenever it is asked. */
    private Taking taking(ClaimRequest request) {
        Taking consumer = new Taking();
        consumer.takes(request);
        store().attach(consumer);
        return consumer;
    }

    private Job newest(Taking consumer) {
        return consumer.taken.get(consumer.taken.size() - 1);
    }

    @Test
    default void aJobThatFindsASlotIsRunningWhenItIsFirstOnDisk() {
        Taking consumer = taking(jobs().claim(1, 1));
        Job added = jobs().add("hello");
        assertEquals(JobStatus.PENDING, added.state().status(), "the answer shows the job as it was added");
        Job taken = newest(consumer);
        assertEquals(added.id(), taken.id());
        assertEquals(1, taken.state().epoch());
        assertEquals("here", taken.state().worker());
        assertEquals(taken, jobs().find(added));
        assertEquals(Map.of(JobStatus.RUNNING, 1L), numbers());
    }

    @Test
    default void aJobThatFindsNoSlotStartsWithTheWriteThatEndsARun() {
        Taking consumer = taking(jobs().claim(1, 1));
        Job first = jobs().add("hello");
        Job running = newest(consumer);
        Job second = jobs().add("hello");
        Job third = jobs().add("hello");
        assertEquals(List.of(first.id()), consumer.ids());
        jobs().write(jobs().move(running, jobs().completed()));
        assertEquals(List.of(second.id()), consumer.ids());
        assertEquals(JobStatus.PENDING, jobs().find(third).state().status());
        assertEquals(Map.of(JobStatus.COMPLETED, 1L, JobStatus.RUNNING, 1L, JobStatus.PENDING, 1L), numbers());
    }

    @Test
    default void aJobThatWaitedBeforeGoesFirst() {
        Job waits = jobs().add("hello");
        Taking consumer = taking(jobs().claim(2, 2));
        List<NewJob> added = List.of(
                new NewJob(UUID.randomUUID(), request("hello").build(), clock().instant()),
                new NewJob(UUID.randomUUID(), request("hello").build(), clock().instant()));
        await(store().add(added));
        assertEquals(List.of(waits.id(), added.get(0).id()), consumer.ids());
    }

    @Test
    default void whatTheConsumerDoesNotTakeWaitsAndHoldsNobodyUp() {
        Taking consumer = taking(jobs().claimOf(Set.of("here")));
        Job other = jobs().add("elsewhere");
        Job both = jobs().add("elsewhere", "here");
        Job mine = jobs().add("here");
        assertEquals(List.of(mine.id()), consumer.ids());
        consumer.request = jobs().claimOf(Set.of("here", "elsewhere"));
        await(store().offer());
        assertEquals(List.of(other.id(), both.id()), consumer.ids());
    }

    @Test
    default void aConsumerThatTakesNothingIsAskedAgain() {
        Taking consumer = taking(jobs().claim());
        consumer.request = null;
        Job job = jobs().add("hello");
        assertEquals(List.of(), consumer.ids());
        consumer.request = jobs().claim();
        await(store().offer());
        assertEquals(List.of(job.id()), consumer.ids());
    }

    @Test
    default void aLimitHoldsForNewJobsAndItsEndLetsTheNextOneStart() {
        Taking consumer = taking(jobs().claimWithin(Map.of("limited", 1)));
        Job first = jobs().add("limited");
        Job running = newest(consumer);
        Job second = jobs().add("limited");
        Job other = jobs().add("other");
        assertEquals(List.of(first.id(), other.id()), consumer.ids());
        jobs().write(jobs().move(running, jobs().completed()));
        assertEquals(List.of(second.id()), consumer.ids());
    }

    @Test
    default void aLimitIsSharedByTheJobsOfOneCall() {
        Taking consumer = taking(jobs().claimWithin(Map.of("limited", 2)));
        List<NewJob> added = List.of(newJob("limited"), newJob("limited"), newJob("limited"));
        await(store().add(added));
        assertEquals(added.subList(0, 2).stream().map(NewJob::id).toList(), consumer.ids());
    }

    private NewJob newJob(String module) {
        return new NewJob(UUID.randomUUID(), request(module).build(), clock().instant());
    }

    @Test
    default void aJobForLaterIsTakenByAnOfferOnceItIsDue() {
        Taking consumer = taking(jobs().claim());
        Job later = jobs().add(request("hello")
                .notBefore(clock().instant().plusSeconds(60))
                .build());
        await(store().offer());
        assertEquals(List.of(), consumer.ids());
        clock().advance(Duration.ofSeconds(60));
        consumer.request = jobs().claim();
        await(store().offer());
        assertEquals(List.of(later.id()), consumer.ids());
    }

    @Test
    default void aRunThatIsParkedIsFollowedByTheNextInTheSameWrite() {
        Taking consumer = taking(jobs().claim(1, 1));
        Job job = jobs().add("hello");
        Job ended = newest(consumer);
        jobs().write(jobs().draft(ended).results("{\"n\":1}").build());
        jobs().write(jobs().move(ended, RunMove.Parked.of(ParkReason.INTERRUPTED, clock().instant())));
        Job again = newest(consumer);
        assertEquals(List.of(job.id(), job.id()), consumer.ids());
        assertEquals(2, again.state().epoch());
        assertEquals(List.of(), jobs().results(job), "the tentative result is gone");
        jobs().refused(jobs().lines(ended, "late"));
    }

    @Test
    default void anAdditionThatIsRefusedTakesNothingAndLeavesTheSlotFree() {
        Taking consumer = taking(jobs().claim(1, 1));
        Job ended = jobs().add("hello");
        jobs().write(jobs().move(newest(consumer), jobs().completed()));
        consumer.ids();
        List<NewJob> twice =
                List.of(newJob("hello"), new NewJob(ended.id(), request("hello").build(), clock().instant()));
        assertThrows(IllegalArgumentException.class, () -> await(store().add(twice)));
        assertEquals(List.of(), consumer.ids());
        assertEquals(Map.of(JobStatus.COMPLETED, 1L), numbers());
        Job next = jobs().add("hello");
        assertEquals(List.of(next.id()), consumer.ids());
    }

    @Test
    default void nothingStartsBesideASuspectedJob() {
        Taking consumer = taking(jobs().claim());
        Job suspect = jobs().add("hello");
        for (int crash = 0; crash < JobState.SUSPECTED; crash++) {
            consumer.request = null;
            await(store().recover(10, clock().instant()));
            clock().advance(ClaimRequest.TRIAL);
            consumer.request = jobs().claim();
            await(store().offer());
        }
        assertEquals(2, jobs().find(suspect).state().crashes());
        consumer.ids();
        Job other = jobs().add("hello");
        assertEquals(List.of(), consumer.ids(), "the suspected job is on trial");
        jobs().write(jobs().move(jobs().find(suspect), jobs().completed()));
        assertEquals(List.of(other.id()), consumer.ids());
    }

    @Test
    default void aConsumerThatFailsFailsNoWrite() {
        store().attach(new JobConsumer() {
            @Override
            public @Nullable ClaimRequest wanted() {
                throw new IllegalStateException("No claim can be made.");
            }

            @Override
            public void take(List<Job> claimed) {}
        });
        Job job = jobs().add("hello");
        assertEquals(JobStatus.PENDING, jobs().find(job).state().status());
    }

    /** The statuses that jobs are in, with their numbers. */
    private Map<JobStatus, Long> numbers() {
        Map<JobStatus, Long> numbers = new EnumMap<>(store().counts());
        numbers.values().removeIf(number -> number == 0);
        return numbers;
    }
}
