package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the list of a job's runs. */
interface RunListContract extends JobStoreTests {

    @Test
    default void aRunThatEndedWithTheProcessEndedWhenItWasLastHeardOf() {
        Job silent = jobs().started("silent");
        Job talks = jobs().started("talks");
        Job counts = jobs().started("counts");
        Instant began = clock().instant();
        clock().advance(Duration.ofSeconds(10));
        Instant said = clock().instant();
        jobs().write(jobs().lines(talks, "still here"));
        jobs().write(jobs().draft(counts).elapsed(Duration.ofSeconds(7)).build());
        clock().advance(Duration.ofHours(9));
        await(store().recover(3, clock().instant()));
        assertEquals(said, store().runs(talks.id()).get(0).endedAt());
        assertEquals(began.plusSeconds(7), store().runs(counts.id()).get(0).endedAt());
        assertEquals(
                store().runs(silent.id()).get(0).startedAt(),
                store().runs(silent.id()).get(0).endedAt());
    }

    @Test
    default void aJobThatNeverRanHasNoRuns() {
        assertEquals(List.of(), store().runs(jobs().add("a").id()));
        assertEquals(List.of(), store().runs(UUID.randomUUID()));
    }

    @Test
    default void aRunThatGoesOnIsListed() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job).moduleVersion("1.2.0").build());
        clock().advance(Duration.ofMinutes(1));
        assertEquals(
                List.of(new Run(1, 0, "1.2.0", "here", startOf(job), null, RunOutcome.RUNNING, null)),
                store().runs(job.id()));
        assertEquals("1.2.0", jobs().find(job).state().moduleVersion());
    }

    @Test
    default void theLastRunEndsWithItsJob() {
        Job completed = jobs().started("a");
        clock().advance(Duration.ofSeconds(2));
        jobs().write(jobs().draft(completed)
                .moduleVersion("1.2.0")
                .move(jobs().completed())
                .build());
        assertEquals(
                List.of(new Run(
                        1, 0, "1.2.0", "here", startOf(completed), clock().instant(), RunOutcome.COMPLETED, null)),
                store().runs(completed.id()));
        Job stopped = jobs().started("a");
        jobs().write(jobs().move(stopped, jobs().stopped()));
        assertEquals(RunOutcome.STOPPED, last(stopped).outcome());
        Job failed = jobs().started("a");
        Failure failure = new Failure(Phase.RUN, 0, "a", "It broke.", "at a.B");
        jobs().write(jobs().move(failed, new RunMove.Failed(failure, clock().instant())));
        assertEquals(RunOutcome.FAILED, last(failed).outcome());
        assertEquals(failure, last(failed).failure());
    }

    @ParameterizedTest
    @EnumSource(ParkReason.class)
    default void aParkedRunSaysWhyAndTheNextOneBeginsAfresh(ParkReason reason) {
        Job job = jobs().started("a", "b");
        jobs().write(jobs().draft(job)
                .moduleVersion("1.0.0")
                .move(jobs().nextTask())
                .build());
        Failure failure = reason == ParkReason.RETRY ? new Failure(Phase.RUN, 1, "b", "It broke.", null) : null;
        clock().advance(Duration.ofSeconds(5));
        Instant ended = clock().instant();
        jobs().write(jobs().draft(job)
                .moduleVersion("2.0.0")
                .move(new RunMove.Parked(reason, null, failure, ended))
                .build());
        Run former = new Run(1, 1, "2.0.0", "here", startOf(job), ended, RunOutcome.valueOf(reason.name()), failure)
                .having(List.of(new Run.DoneTask(0, "1.0.0")));
        assertEquals(List.of(former), store().runs(job.id()));
        clock().advance(Duration.ofSeconds(5));
        jobs().claimOne();
        Run present = new Run(2, 1, null, "here", clock().instant(), null, RunOutcome.RUNNING, null);
        assertEquals(List.of(former, present), store().runs(job.id()));
    }

    @Test
    default void theVersionsOfFinishedTasksStayWithTheRunThatDidThem() {
        Job job = jobs().started("a", "b", "c");
        for (String version : List.of("1.0.0", "2.0.0")) {
            jobs().write(jobs().draft(job)
                    .moduleVersion(version)
                    .move(jobs().nextTask())
                    .build());
        }
        jobs().write(jobs().draft(job)
                .moduleVersion("3.0.0")
                .move(jobs().completed())
                .build());

        Run only = last(job);

        assertEquals("3.0.0", only.moduleVersion());
        assertEquals(List.of(new Run.DoneTask(0, "1.0.0"), new Run.DoneTask(1, "2.0.0")), only.done());
        assertEquals(List.of(), last(jobs().started("a")).done());
    }

    @Test
    default void aRunWithoutAWordOfItsEndIsListedAsCrashedOrLost() throws Exception {
        Job crashed = jobs().started("a");
        jobs().write(jobs().draft(crashed).moduleVersion("1.2.0").build());
        reopen();
        clock().advance(Duration.ofHours(1));
        await(store().recover(3, clock().instant()));
        assertEquals(
                List.of(new Run(1, 0, "1.2.0", "here", startOf(crashed), startOf(crashed), RunOutcome.CRASHED, null)),
                store().runs(crashed.id()));
        jobs().write(jobs().move(jobs().find(crashed), jobs().stopped()));
        assertEquals(RunOutcome.CRASHED, last(crashed).outcome());
        jobs().add("a");
        Job lost = await(store().claim(jobs().lease("far", Duration.ofSeconds(30))))
                .get(0);
        clock().advance(Duration.ofSeconds(30));
        await(store().expireLeases(clock().instant()));
        assertEquals(RunOutcome.LEASE_LOST, last(lost).outcome());
        assertEquals("far", last(lost).worker());
    }

    @Test
    default void aJobThatCrashedTooOftenEndsWithACrash() {
        Job job = jobs().started("a");
        await(store().recover(1, clock().instant()));
        assertEquals(List.of(RunOutcome.CRASHED), outcomes(job));
    }

    @Test
    default void ofVeryManyRunsTheLatestAreKept() {
        Job job = jobs().started("a");
        for (int n = 1; n <= 1_002; n++) {
            RunMove parked = RunMove.Parked.of(ParkReason.MODULE_UPDATE, clock().instant());
            jobs().write(jobs().move(job, parked));
            job = jobs().claimOne();
        }
        List<Run> runs = store().runs(job.id());
        assertEquals(1_000, runs.size());
        assertEquals(4, runs.get(0).epoch());
        assertEquals(1_003, runs.get(999).epoch());
    }

    @Test
    default void aCheckpointKnowsTheVersionThatSavedIt() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .moduleVersion("1.0.0")
                .checkpoint(Map.of("n", 1))
                .build());
        jobs().write(jobs().move(job, RunMove.Parked.of(ParkReason.MODULE_UPDATE, clock().instant())));
        Job again = jobs().claimOne();
        assertEquals("1.0.0", again.state().checkpointVersion());
        assertNull(again.state().moduleVersion());
        jobs().write(jobs().draft(again)
                .moduleVersion("2.0.0")
                .settings(Map.of("depth", 3))
                .build());
        assertEquals("1.0.0", jobs().find(job).state().checkpointVersion());
        jobs().write(jobs().checkpoint(again, Map.of("n", 2)));
        assertEquals("2.0.0", jobs().find(job).state().checkpointVersion());
    }

    @Test
    default void theRunsOfARemovedJobGoWithIt() {
        Job job = jobs().started("a");
        jobs().write(jobs().move(job, RunMove.Parked.of(ParkReason.RETRY, clock().instant())));
        await(store().remove(job.id()));
        assertEquals(List.of(), store().runs(job.id()));
    }

    @Test
    default void theRunsBeforeAnEpochComeAPageAtATime() {
        Job job = jobs().started("a");
        for (int epoch = 1; epoch < 5; epoch++) {
            jobs().write(jobs().move(job, RunMove.Parked.of(ParkReason.INTERRUPTED, clock().instant())));
            job = jobs().claimOne();
        }
        assertEquals(List.of(4L, 5L), epochs(job, Long.MAX_VALUE, 2));
        assertEquals(List.of(2L, 3L), epochs(job, 4, 2));
        assertEquals(List.of(1L), epochs(job, 2, 2));
        assertEquals(List.of(), epochs(job, 1, 2));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), epochs(job, 6, 5));
    }

    @Test
    default void runsAreNoMoreThanAnAnswerHolds() {
        Failure large = new Failure(Phase.RUN, 0, "a", "m".repeat(4_000), "s".repeat(16_000));
        Job job = jobs().started("a");
        int many = (int) (JobStore.PAGE_CHARACTERS / 20_000) + 50;
        for (int epoch = 1; epoch <= many; epoch++) {
            jobs().write(jobs().move(job, new RunMove.Parked(ParkReason.INTERRUPTED, null, large, clock().instant())));
            job = jobs().claimOne();
        }
        List<Run> page = store().runs(job.id());
        assertTrue(page.size() < many && page.size() > many / 2, page.size() + " runs");
        assertEquals(many + 1, page.get(page.size() - 1).epoch(), "the latest runs are missing");
        List<Run> earlier = store().runs(job.id(), page.get(0).epoch(), 1_000);
        assertEquals(many + 1, page.size() + earlier.size());
    }

    private List<Long> epochs(Job job, long before, int limit) {
        return store().runs(job.id(), before, limit).stream().map(Run::epoch).toList();
    }

    private static Instant startOf(Job job) {
        Instant started = job.state().startedAt();
        if (started == null) {
            throw new AssertionError("The job did not start.");
        }
        return started;
    }

    private Run last(Job job) {
        List<Run> runs = store().runs(job.id());
        return runs.get(runs.size() - 1);
    }

    private List<RunOutcome> outcomes(Job job) {
        return store().runs(job.id()).stream().map(Run::outcome).toList();
    }
}
