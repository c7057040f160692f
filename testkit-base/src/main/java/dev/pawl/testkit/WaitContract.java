package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.OpenWaits.Awaited;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of jobs that wait for others. */
interface WaitContract extends JobStoreTests {

    private Job after(After.On on, Job... others) {
        return jobs().add(request("b").after(wait(on, others)).build());
    }

    private static After wait(After.On on, Job... others) {
        return new After(
                List.of(others).stream().map(job -> job.id().toString()).toList(), on);
    }

    private RunMove.Failed failed() {
        return new RunMove.Failed(new Failure(Phase.RUN, 0, "a", "It broke.", null), clock().instant());
    }

    /** Adds jobs together, each of which waits for one before it by its place, or for none when that is negative. */
    private List<Job> addTogether(int... after) {
        List<NewJob> jobs = new ArrayList<>();
        for (int place : after) {
            JobRequest.Builder request = request("a");
            if (place >= 0) {
                request.after(new After(List.of(jobs.get(place).id().toString()), After.On.COMPLETED));
            }
            jobs.add(new NewJob(UUID.randomUUID(), request.build(), clock().instant()));
        }
        return await(store().add(jobs));
    }

    private JobStatus status(Job job) {
        return jobs().find(job).state().status();
    }

    private ProblemCode refusal(JobRequest refused) {
        return assertThrows(ProblemException.class, () -> jobs().add(refused)).code();
    }

    @Test
    default void aJobStartsWhenTheLastOfThoseHasCompletedForWhichItWaits() {
        Job first = jobs().started("a");
        Job second = jobs().started("a");
        Job waiting = after(After.On.COMPLETED, first, second);
        assertEquals(After.DUE, jobs().find(waiting).state().dueAt());
        assertEquals(waiting.request().after(), jobs().find(waiting).request().after());
        assertEquals(List.of(), jobs().claimAll());

        jobs().write(jobs().move(first, jobs().completed()));
        assertEquals(List.of(), jobs().claimAll());

        jobs().write(jobs().move(second, jobs().completed()));
        assertNull(jobs().find(waiting).state().dueAt());
        assertEquals(waiting.id(), jobs().claimOne().id());
    }

    @Test
    default void theEndOfOneReleasesTheNextInTheSameTransactionForTheConsumer() {
        ConsumerContract.Taking consumer = new ConsumerContract.Taking();
        consumer.takes(jobs().claim(1, 1));
        store().attach(consumer);
        Job first = jobs().add("a");
        Job waiting = after(After.On.COMPLETED, first);
        assertEquals(List.of(first.id()), consumer.ids());
        jobs().write(jobs().move(jobs().find(first), jobs().completed()));
        assertEquals(List.of(waiting.id()), consumer.ids());
        assertEquals(JobStatus.RUNNING, status(waiting));
    }

    @Test
    default void waitsOutliveARestart() throws Exception {
        Job first = jobs().started("a");
        Job waiting = after(After.On.COMPLETED, first);
        reopen();
        await(store().recover(3, clock().instant()));
        assertEquals(first.id(), jobs().claimOne().id());
        jobs().write(jobs().move(jobs().find(first), jobs().completed()));
        assertEquals(waiting.id(), jobs().claimOne().id());
    }

    @Test
    default void aJobFailsWithTheOneForWhoseCompletionItWaitsAndSoDoTheNext() {
        Job first = jobs().started("a");
        Job second = after(After.On.COMPLETED, first);
        Job third = after(After.On.COMPLETED, second);
        Job inAnyCase = after(After.On.ENDED, third);
        jobs().write(jobs().move(first, failed()));

        Failure failure = Objects.requireNonNull(jobs().find(second).state().failure());
        assertEquals(Phase.WAIT, failure.phase());
        assertEquals("b", failure.module());
        assertTrue(failure.message().contains(first.id() + ", which has failed"), failure::message);
        assertEquals(
                List.of(failure.message()),
                store().logs(second.id(), 10).stream().map(LogEntry::message).toList());
        assertEquals(JobStatus.FAILED, status(third));
        assertNull(jobs().find(third).state().dueAt());
        assertEquals(
                jobs().find(first).state().completedAt(),
                jobs().find(third).state().completedAt());
        assertEquals(3, store().counts().get(JobStatus.FAILED));
        assertEquals(inAnyCase.id(), jobs().claimOne().id());
    }

    @Test
    default void aStopIsNoCompletionAndAnyEndIsAnEnd() {
        Job first = jobs().started("a");
        Job completion = after(After.On.COMPLETED, first);
        Job end = after(After.On.ENDED, first);
        jobs().write(jobs().move(first, jobs().stopped()));
        assertEquals(JobStatus.FAILED, status(completion));
        assertEquals(end.id(), jobs().claimOne().id());
    }

    @Test
    default void aStoppedJobThatWaitedWaitsForNothingMore() {
        Job first = jobs().started("a");
        Job waiting = after(After.On.COMPLETED, first);
        Job last = after(After.On.ENDED, waiting);
        jobs().write(jobs().move(waiting, jobs().stopped()));
        assertEquals(JobStatus.STOPPED, status(waiting));
        assertEquals(new OpenWaits(List.of(), 0, List.of(), 0), store().waits(first.id(), 10));
        assertEquals(last.id(), jobs().claimOne().id());
        jobs().write(jobs().move(first, jobs().completed()));
        assertEquals(JobStatus.STOPPED, status(waiting));
    }

    @Test
    default void theRemovalOfAJobThatHasNotEndedEndsTheWaitsForIt() {
        Job first = jobs().add("a");
        Job completion = after(After.On.COMPLETED, first);
        Job end = after(After.On.ENDED, first);
        assertTrue(await(store().remove(first.id())));
        Failure failure = Objects.requireNonNull(jobs().find(completion).state().failure());
        assertTrue(failure.message().contains("was removed before it ended"), failure::message);
        assertEquals(end.id(), jobs().claimOne().id());
    }

    @Test
    default void theRemovalOfAJobThatWaitsLeavesTheOther() {
        Job first = jobs().started("a");
        Job waiting = after(After.On.COMPLETED, first);
        assertTrue(await(store().remove(waiting.id())));
        assertEquals(0, store().waits(first.id(), 10).awaitedByCount());
        jobs().write(jobs().move(first, jobs().completed()));
        assertEquals(List.of(), jobs().claimAll());
    }

    @Test
    default void anAttemptIsNoEnd() {
        Job first = jobs().started("a");
        Job waiting = after(After.On.ENDED, first);
        RunMove again = new RunMove.Parked(
                ParkReason.RETRY, null, new Failure(Phase.RUN, 0, "a", "It broke.", null), clock().instant());
        jobs().write(jobs().move(first, again));
        Job second = jobs().claimOne();
        assertEquals(first.id(), second.id());
        jobs().write(jobs().move(second, jobs().completed()));
        assertEquals(waiting.id(), jobs().claimOne().id());
    }

    @Test
    default void aJobThatKeepsEndingTheProcessEndsTheWaitsForItWhenItFails() throws Exception {
        Job first = jobs().started("a");
        Job waiting = after(After.On.COMPLETED, first);
        for (int n = 0; n < 3 && status(waiting) == JobStatus.PENDING; n++) {
            reopen();
            await(store().recover(2, clock().instant()));
            jobs().claimAll();
        }
        assertEquals(JobStatus.FAILED, status(first));
        assertEquals(JobStatus.FAILED, status(waiting));
    }

    @Test
    default void aJobIsDueAtItsTimeAfterItsWait() {
        Job first = jobs().started("a");
        Job waiting = jobs().add(request("b")
                .after(wait(After.On.COMPLETED, first))
                .notBefore(clock().instant().plus(Duration.ofHours(1)))
                .build());
        jobs().write(jobs().move(first, jobs().completed()));
        assertEquals(
                waiting.request().notBefore().orElseThrow(),
                jobs().find(waiting).state().dueAt());
        assertEquals(List.of(), jobs().claimAll());
        assertEquals(waiting.request().notBefore(), store().nextDue(clock().instant()));
        clock().advance(Duration.ofHours(2));
        assertEquals(waiting.id(), jobs().claimOne().id());
    }

    @Test
    default void noTimeEndsAWait() {
        Job first = jobs().started("a");
        after(After.On.COMPLETED, first);
        assertTrue(store().nextDue(clock().instant()).isEmpty());
        clock().advance(Duration.ofDays(36_500));
        assertEquals(List.of(), jobs().claimAll());
    }

    @Test
    default void aJobThatIsMadeDueWaitsNoMore() {
        Job first = jobs().started("a");
        Job waiting = after(After.On.COMPLETED, first);
        assertTrue(await(store().makeDue(waiting.id())));
        Job claimed = jobs().claimOne();
        assertEquals(waiting.id(), claimed.id());
        jobs().write(jobs().move(first, failed()));
        assertEquals(JobStatus.RUNNING, status(waiting));
    }

    @Test
    default void aWaitForWhatHasEndedIsNone() {
        Job first = jobs().started("a");
        jobs().write(jobs().move(first, jobs().completed()));
        Job second = jobs().started("a");
        jobs().write(jobs().move(second, failed()));
        assertNull(after(After.On.COMPLETED, first).state().dueAt());
        assertNull(after(After.On.ENDED, second).state().dueAt());
        assertEquals(2, jobs().claimAll().size());
    }

    @Test
    default void aWaitForWhatCannotComeIsRefused() {
        Job first = jobs().started("a");
        jobs().write(jobs().move(first, failed()));
        JobRequest never = request("b").after(wait(After.On.COMPLETED, first)).build();
        assertEquals(ProblemCode.PREREQUISITE_FAILED, refusal(never));
        JobRequest unknown = request("b")
                .after(new After(List.of(UUID.randomUUID().toString()), After.On.ENDED))
                .build();
        assertEquals(ProblemCode.INVALID_JOB, refusal(unknown));
        assertEquals(1, store().counts().values().stream().mapToLong(n -> n).sum());
    }

    @Test
    default void itIsToldWhoWaitsForWhom() {
        Job first = jobs().started("a");
        Job second = jobs().add("a");
        Job third = after(After.On.COMPLETED, first, second);
        Job fourth = after(After.On.ENDED, second, third);
        assertEquals(
                new OpenWaits(
                        List.of(
                                new Awaited(first.id(), JobStatus.RUNNING),
                                new Awaited(second.id(), JobStatus.PENDING)),
                        2,
                        List.of(fourth.id()),
                        1),
                store().waits(third.id(), 10));
        OpenWaits ofSecond = store().waits(second.id(), 1);
        assertEquals(List.of(third.id()), ofSecond.awaitedBy());
        assertEquals(2, ofSecond.awaitedByCount());
    }

    @Test
    default void ofAListEachJobMayWaitForThoseBeforeIt() {
        List<Job> chain = addTogether(-1, 0, 1);
        assertEquals(After.DUE, chain.get(1).state().dueAt());
        for (Job next : chain) {
            Job running = jobs().claimOne();
            assertEquals(next.id(), running.id());
            jobs().write(jobs().move(running, jobs().completed()));
        }
    }

    @Test
    default void aJobWaitsForTheOneThatStandsForAnotherOfItsList() {
        JobRequest unique = request("a").uniqueKey("only").build();
        Job present = jobs().add(unique);
        List<NewJob> batch = new ArrayList<>();
        batch.add(new NewJob(UUID.randomUUID(), unique, clock().instant()));
        batch.add(new NewJob(
                UUID.randomUUID(),
                request("b")
                        .after(new After(List.of(batch.get(0).id().toString()), After.On.COMPLETED))
                        .build(),
                clock().instant()));
        Job waiting = await(store().add(batch)).get(1);
        assertEquals(
                List.of(present.id().toString()),
                jobs().find(waiting).request().after().jobs());
        Job running = jobs().claimOne();
        jobs().write(jobs().move(running, jobs().completed()));
        assertEquals(waiting.id(), jobs().claimOne().id());
    }
}
