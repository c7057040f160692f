package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of moves: the changes of status that a write may make, and their effects. */
interface RunMoveContract extends JobStoreTests {

    @Test
    default void howLongAJobHasBeenRunningNeverGetsLess() {
        Job run = jobs().started("m");
        jobs().write(jobs().draft(run).lines("a").elapsed(Duration.ofSeconds(7)).build());
        jobs().write(jobs().draft(run).lines("b").elapsed(Duration.ofSeconds(3)).build());
        assertEquals(Duration.ofSeconds(7), jobs().find(run).state().elapsed());
        jobs().write(jobs().draft(run)
                .elapsed(Duration.ofSeconds(5))
                .move(jobs().completed())
                .build());
        assertEquals(Duration.ofSeconds(7), jobs().find(run).state().elapsed());
    }

    @Test
    default void aCompletedJobKeepsItsResultsAndItsEnd() {
        Job job = jobs().started("a");
        jobs().write(jobs().results(job, "{\"n\":1}"));
        jobs().write(jobs().draft(job)
                .lines("done")
                .results("{\"n\":2}")
                .elapsed(Duration.ofSeconds(3))
                .move(jobs().completed())
                .build());
        JobState state = jobs().find(job).state();
        assertEquals(JobStatus.COMPLETED, state.status());
        assertEquals(clock().instant(), state.completedAt());
        assertEquals(Duration.ofSeconds(3), state.elapsed());
        assertEquals("here", state.worker());
        assertEquals(List.of("{\"n\":1}", "{\"n\":2}"), jobs().bodies(job));
        assertTrue(jobs().results(job).stream().noneMatch(JobResult::tentative));
    }

    @Test
    default void aFailedJobKeepsItsFailureAndItsResults() {
        Job job = jobs().started("a");
        jobs().write(jobs().results(job, "{\"n\":1}"));
        Failure failure = new Failure(Phase.CLEANUP, 0, "a", "It broke: \"x\".", "at a.B.c(B.java:7)");
        jobs().write(jobs().move(job, new RunMove.Failed(failure, clock().instant())));
        JobState state = jobs().find(job).state();
        assertEquals(JobStatus.FAILED, state.status());
        assertEquals(failure, state.failure());
        assertEquals(1, state.attempt());
        assertEquals(clock().instant(), state.completedAt());
        assertEquals(1, jobs().results(job).size());
        assertTrue(jobs().results(job).stream().noneMatch(JobResult::tentative));
    }

    @Test
    default void aStoppedJobKeepsItsResults() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job).results("{}").move(jobs().stopped()).build());
        assertEquals(JobStatus.STOPPED, jobs().find(job).state().status());
        assertNull(jobs().find(job).state().failure());
        assertTrue(jobs().results(job).stream().noneMatch(JobResult::tentative));
        assertEquals(1, jobs().results(job).size());
    }

    @Test
    default void aWaitingJobCanBeStoppedOrFail() {
        Job stopped = jobs().add("a");
        jobs().write(jobs().draft(stopped)
                .lines("Stopped.")
                .move(jobs().stopped())
                .build());
        assertEquals(JobStatus.STOPPED, jobs().find(stopped).state().status());
        Job failed = jobs().add("a");
        Failure failure = new Failure(Phase.INITIALIZE, 0, "a", "It is broken.", null);
        jobs().write(jobs().move(failed, new RunMove.Failed(failure, clock().instant())));
        assertEquals(failure, jobs().find(failed).state().failure());
        assertEquals(List.of(), jobs().claimAll());
    }

    @Test
    default void theEndOfAWaitingJobKeepsWhatItsRunsTook() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .elapsed(Duration.ofSeconds(7))
                .move(parked(ParkReason.RETRY, null))
                .build());
        jobs().write(jobs().move(jobs().find(job), jobs().stopped()));
        assertEquals(Duration.ofSeconds(7), jobs().find(job).state().elapsed());
    }

    @Test
    default void theNextTaskBeginsWithoutTheFormersState() {
        Job job = jobs().started("a", "b");
        jobs().write(jobs().draft(job)
                .results("{}")
                .checkpoint(Map.of("counted", 1))
                .settings(Map.of("depth", 3))
                .progress(90, Map.of("file", "x"))
                .build());
        jobs().write(jobs().draft(job).results("{}").move(jobs().nextTask()).build());
        JobState state = jobs().find(job).state();
        assertEquals(JobStatus.RUNNING, state.status());
        assertEquals(1, state.taskIndex());
        assertEquals(Map.of(), state.checkpoint());
        assertEquals(Map.of(), state.settings());
        assertEquals(Progress.NONE, state.progress());
        assertEquals(2, jobs().results(job).size());
        assertTrue(jobs().results(job).stream().noneMatch(JobResult::tentative));
    }

    @Test
    default void resultsKnowTheirTask() {
        Job job = jobs().started("a", "b");
        jobs().write(jobs().draft(job).results("{}").move(jobs().nextTask()).build());
        Job next = jobs().find(job);
        jobs().write(jobs().results(next, "{}"));
        assertEquals(
                List.of(0, 1),
                jobs().results(job).stream().map(JobResult::taskIndex).toList());
    }

    @Test
    default void aParkedJobWaitsForItsTimeWithItsState() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .checkpoint(Map.of("counted", 1))
                .settings(Map.of("depth", 3))
                .progress(40, Map.of())
                .build());
        Instant later = clock().instant().plus(Duration.ofMinutes(1));
        Failure failure = new Failure(Phase.RUN, 0, "a", "It broke.", null);
        jobs().write(jobs().draft(job)
                .elapsed(Duration.ofSeconds(8))
                .move(new RunMove.Parked(ParkReason.RETRY, later, failure, clock().instant()))
                .build());
        JobState state = jobs().find(job).state();
        assertEquals(JobStatus.PENDING, state.status());
        assertEquals(ParkReason.RETRY, state.parked());
        assertEquals(later, state.dueAt());
        assertEquals(failure, state.failure());
        assertEquals(1, state.epoch());
        assertEquals(Map.of("counted", 1), state.checkpoint());
        assertEquals(Map.of("depth", 3), state.settings());
        assertEquals(new Progress(40, Map.of()), state.progress());
        assertEquals(Duration.ofSeconds(8), state.elapsed());
        assertNull(state.completedAt());
        assertEquals(List.of(), jobs().claimAll());
        clock().set(later);
        assertEquals(Map.of("counted", 1), jobs().claimOne().state().checkpoint());
    }

    @Test
    default void onlyARetryCountsAsAnAttempt() {
        Job job = jobs().started("a");
        for (ParkReason reason : ParkReason.values()) {
            jobs().write(jobs().move(job, parked(reason, null)));
            job = jobs().claimOne();
        }
        assertEquals(2, job.state().attempt());
    }

    @Test
    default void parkingTakesBackResultsAfterTheCheckpoint() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .results("{\"n\":1}")
                .checkpoint(Map.of("counted", 1))
                .build());
        jobs().write(jobs().results(job, "{\"n\":2}"));
        jobs().write(jobs().draft(job)
                .lines("parked")
                .results("{\"n\":3}")
                .move(parked(ParkReason.MODULE_UPDATE, null))
                .build());
        assertEquals(List.of("{\"n\":1}"), jobs().bodies(job));
        assertEquals(1, store().results(job.id(), 0, 10).total());
        assertEquals(1, store().logs(job.id(), 10).size());
        Job again = jobs().claimOne();
        assertEquals(2, jobs().write(jobs().results(again, "{\"n\":2}")).firstResult());
        assertEquals(List.of("{\"n\":1}", "{\"n\":2}"), jobs().bodies(job));
    }

    @Test
    default void aCheckpointInTheParkingWriteKeepsItsResults() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .results("{\"n\":1}")
                .checkpoint(Map.of("counted", 1))
                .move(parked(ParkReason.MODULE_UPDATE, null))
                .build());
        assertEquals(List.of("{\"n\":1}"), jobs().bodies(job));
        assertEquals(Map.of("counted", 1), jobs().find(job).state().checkpoint());
    }

    @Test
    default void countsFollowEveryMove() {
        Job first = jobs().started("a");
        jobs().add("a");
        assertEquals(
                Map.of(
                        JobStatus.PENDING, 1L,
                        JobStatus.RUNNING, 1L,
                        JobStatus.COMPLETED, 0L,
                        JobStatus.FAILED, 0L,
                        JobStatus.STOPPED, 0L),
                store().counts());
        jobs().write(jobs().move(first, jobs().completed()));
        assertEquals(1, store().counts().get(JobStatus.COMPLETED));
        assertEquals(0, store().counts().get(JobStatus.RUNNING));
    }

    @Test
    default void countsOfAModuleTakeInTheJobsThatHaveItAmongOthers() {
        Job first = jobs().started("a");
        jobs().add("a");
        jobs().add("a", "b");
        jobs().add("b");
        jobs().write(jobs().move(first, jobs().completed()));
        assertEquals(2, store().counts("a").get(JobStatus.PENDING));
        assertEquals(1, store().counts("a").get(JobStatus.COMPLETED));
        assertEquals(2, store().counts("b").get(JobStatus.PENDING));
        assertEquals(0, store().counts("b").get(JobStatus.COMPLETED));
        assertEquals(0, store().counts("absent").get(JobStatus.PENDING));
    }

    @Test
    default void noMoveOutsideTheTableIsTaken() {
        Failure failure = new Failure(Phase.RUN, 0, "a", "It broke.", null);
        List<RunMove> moves = List.of(
                jobs().completed(),
                jobs().stopped(),
                new RunMove.Failed(failure, clock().instant()),
                parked(ParkReason.INTERRUPTED, null));
        for (JobStatus from : JobStatus.values()) {
            for (RunMove move : moves) {
                Job job = jobIn(from);
                if (from.successors().contains(move.status())) {
                    jobs().write(jobs().move(job, move));
                    assertEquals(move.status(), jobs().find(job).state().status());
                } else {
                    jobs().refused(jobs().move(job, move));
                    assertEquals(from, jobs().find(job).state().status());
                }
            }
        }
    }

    @Test
    default void onlyARunComesToTheNextTask() {
        Set<JobStatus> others = EnumSet.complementOf(EnumSet.of(JobStatus.RUNNING));
        for (JobStatus from : others) {
            Job job = jobIn(from);
            jobs().refused(jobs().move(job, jobs().nextTask()));
            assertEquals(0, jobs().find(job).state().taskIndex());
        }
    }

    private RunMove.Parked parked(ParkReason reason, @org.jspecify.annotations.Nullable Instant dueAt) {
        return new RunMove.Parked(reason, dueAt, null, clock().instant());
    }

    /** A job of two tasks that reached a status, alone in the queue. */
    private Job jobIn(JobStatus status) {
        jobs().claimAll();
        Job waiting = jobs().add("a", "b");
        if (status == JobStatus.PENDING) {
            return waiting;
        }
        Job running = jobs().claimOne();
        RunMove end =
                switch (status) {
                    case COMPLETED -> jobs().completed();
                    case STOPPED -> jobs().stopped();
                    case FAILED ->
                        new RunMove.Failed(new Failure(Phase.RUN, 0, "a", "It broke.", null), clock().instant());
                    case PENDING, RUNNING -> null;
                };
        if (end != null) {
            jobs().write(jobs().move(running, end));
        }
        return jobs().find(running);
    }
}
