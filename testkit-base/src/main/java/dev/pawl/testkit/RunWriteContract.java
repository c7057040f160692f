package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The contract of the writes that a run may make, and of the data stored by them. */
interface RunWriteContract extends JobStoreTests {

    @Test
    default void linesAreKeptInOrderWithTheirRun() {
        Job job = jobs().started("a");
        Instant said = clock().instant().plusMillis(7);
        var line = new RunWrite.Line(said, LogLevel.WARNING, "Grüße \uD83D\uDE00\n\u0000second line");
        Written written = jobs().write(RunWrite.of(new RunId(job.id(), 1), 0).withLines(List.of(line)));
        assertEquals(new Written(1, 1), written);
        assertEquals(
                List.of(new LogEntry(1, said, LogLevel.WARNING, line.message(), 0, 1)), store().logs(job.id(), 10));
    }

    @Test
    default void theRuntimesOwnLinesBelongToNoTask() {
        Job job = jobs().add("a");
        var line = new RunWrite.Line(clock().instant(), LogLevel.INFO, "Waiting.");
        jobs().write(RunWrite.ofRuntime(job).withLines(List.of(line)));
        assertEquals(-1, store().logs(job.id(), 10).get(0).taskIndex());
        assertEquals(0, store().logs(job.id(), 10).get(0).epoch());
    }

    @Test
    default void sequenceNumbersHaveNoGap() {
        Job job = jobs().started("a");
        List<CompletionStage<Written>> writes = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            writes.add(store().write(jobs().draft(job)
                    .lines("x" + n, "y" + n)
                    .results("{\"n\":" + n + "}")
                    .build()));
        }
        for (int n = 0; n < 50; n++) {
            assertEquals(new Written(2 * n + 1, n + 1), await(writes.get(n)));
        }
        assertEquals(
                LongStream.rangeClosed(1, 100).boxed().toList(),
                store().logs(job.id(), 1_000).stream().map(LogEntry::sequence).toList());
        assertEquals(
                LongStream.rangeClosed(1, 50).boxed().toList(),
                jobs().results(job).stream().map(JobResult::sequence).toList());
        assertEquals(IntStream.range(0, 50).mapToObj(n -> "{\"n\":" + n + "}").toList(), jobs().bodies(job));
    }

    @Test
    default void anEmptyWriteNamesTheNextFreeNumbers() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job).lines("one").results("{}", "{}").build());
        assertEquals(new Written(2, 3), jobs().write(jobs().draft(job).build()));
    }

    @Test
    default void resultsAreTentativeUntilACheckpoint() {
        Job job = jobs().started("a");
        jobs().write(jobs().results(job, "{\"n\":1}", "{\"n\":2}"));
        assertTrue(jobs().results(job).stream().allMatch(JobResult::tentative));
        assertEquals(2, store().results(job.id(), 0, 10).total());
        jobs().write(jobs().checkpoint(job, Map.of("counted", 2)));
        assertTrue(jobs().results(job).stream().noneMatch(JobResult::tentative));
        jobs().write(jobs().results(job, "{\"n\":3}"));
        assertEquals(
                List.of(false, false, true),
                jobs().results(job).stream().map(JobResult::tentative).toList());
    }

    @Test
    default void aResultInTheCheckpointsOwnWriteIsFinal() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .results("{}")
                .checkpoint(Map.of("counted", 1))
                .build());
        assertFalse(jobs().results(job).get(0).tentative());
        assertEquals(Map.of("counted", 1), jobs().find(job).state().checkpoint());
    }

    @Test
    default void aCheckpointReplacesTheOneBefore() {
        Job job = jobs().started("a");
        jobs().write(jobs().checkpoint(job, Map.of("a", 1, "b", 2)));
        jobs().write(jobs().checkpoint(job, Map.of("b", List.of("x", 3))));
        assertEquals(Map.of("b", List.of("x", 3)), jobs().find(job).state().checkpoint());
        jobs().write(jobs().checkpoint(job, Map.of()));
        assertEquals(Map.of(), jobs().find(job).state().checkpoint());
    }

    @Test
    default void whatAWriteDoesNotNameStays() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .checkpoint(Map.of("counted", 1))
                .settings(Map.of("depth", 3))
                .progress(40, Map.of("file", "x"))
                .build());
        jobs().write(jobs().lines(job, "one more"));
        var state = jobs().find(job).state();
        assertEquals(Map.of("counted", 1), state.checkpoint());
        assertEquals(Map.of("depth", 3), state.settings());
        assertEquals(new Progress(40, Map.of("file", "x")), state.progress());
    }

    @Test
    default void progressAndElapsedTimeAreKept() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .progress(12.5, Map.of("left", 7))
                .elapsed(Duration.ofMillis(1234))
                .build());
        var state = jobs().find(job).state();
        assertEquals(new Progress(12.5, Map.of("left", 7)), state.progress());
        assertEquals(Duration.ofMillis(1234), state.elapsed());
        jobs().write(jobs().draft(job).progress(13, Map.of()).build());
        assertEquals(new Progress(13, Map.of()), jobs().find(job).state().progress());
    }

    @Test
    default void aRunThatLostItsEpochWritesNothing() {
        Job first = jobs().started("a");
        jobs().write(jobs().move(first, parked(ParkReason.INTERRUPTED)));
        Job second = jobs().claimOne();
        jobs().refused(jobs().lines(first, "from the grave"));
        jobs().refused(jobs().results(first, "{}"));
        jobs().refused(jobs().checkpoint(first, Map.of("x", 1)));
        jobs().refused(jobs().move(first, jobs().completed()));
        jobs().refused(jobs().draft(first).build());
        assertEquals(second, jobs().find(second));
        assertEquals(List.of(), store().logs(first.id(), 10));
        assertEquals(0, store().results(first.id(), 0, 10).total());
    }

    @Test
    default void aRunOfTheFutureWritesNothing() {
        Job job = jobs().started("a");
        jobs().refused(RunWrite.of(new RunId(job.id(), 2), 0));
    }

    @Test
    default void aJobThatIsGoneTakesNothing() {
        Job job = jobs().add("a");
        await(store().remove(job.id()));
        jobs().refused(jobs().lines(job, "anybody there?"));
        jobs().refused(RunWrite.of(new RunId(UUID.randomUUID(), 1), 0));
    }

    @Test
    default void aJobThatHasEndedTakesNothing() {
        Job job = jobs().started("a");
        jobs().write(jobs().move(job, jobs().completed()));
        Job ended = jobs().find(job);
        jobs().refused(jobs().lines(job, "one more thing"));
        jobs().refused(jobs().results(job, "{}"));
        jobs().refused(jobs().move(job, jobs().completed()));
        jobs().refused(jobs().move(job, jobs().stopped()));
        jobs().refused(jobs().move(job, parked(ParkReason.RETRY)));
        assertEquals(ended, jobs().find(job));
    }

    @Test
    default void aWaitingJobTakesLines() {
        Job job = jobs().started("a");
        jobs().write(jobs().draft(job)
                .elapsed(Duration.ofSeconds(9))
                .move(parked(ParkReason.INTERRUPTED))
                .build());
        Job waiting = jobs().find(job);
        assertEquals(new Written(1, 1), jobs().write(jobs().lines(waiting, "The server was restarted.")));
        assertEquals(waiting, jobs().find(job));
    }

    @Test
    default void aWaitingJobTakesNothingElseOfARun() {
        Job job = jobs().add("a");
        jobs().refused(jobs().results(job, "{}"));
        jobs().refused(jobs().checkpoint(job, Map.of("x", 1)));
        jobs().refused(jobs().draft(job).settings(Map.of("x", 1)).build());
        jobs().refused(jobs().draft(job).progress(1, Map.of()).build());
        jobs().refused(jobs().move(job, jobs().completed()));
        jobs().refused(jobs().move(job, jobs().nextTask()));
        jobs().refused(jobs().move(job, parked(ParkReason.RETRY)));
        assertEquals(job, jobs().find(job));
    }

    @Test
    default void aRefusedWriteLeavesThoseBesideItAlone() {
        Job job = jobs().started("a");
        var before = store().write(jobs().lines(job, "before"));
        var stale = store().write(RunWrite.of(new RunId(job.id(), 9), 0)
                .withLines(List.of(new RunWrite.Line(clock().instant(), LogLevel.INFO, "stale"))));
        var after = store().write(jobs().lines(job, "after"));
        assertEquals(1, await(before).firstLine());
        assertEquals(2, await(after).firstLine());
        assertTrue(stale.toCompletableFuture().isCompletedExceptionally());
        assertEquals(
                List.of("before", "after"),
                store().logs(job.id(), 10).stream().map(LogEntry::message).toList());
    }

    @Test
    default void changesTakeEffectInTheOrderOfTheCalls() {
        Job job = jobs().add("a");
        var claimed = store().claim(jobs().claim());
        RunWrite end = RunWrite.of(new RunId(job.id(), 1), 0).withMove(jobs().completed());
        var ended = store().write(end);
        var removed = store().remove(job.id());
        assertEquals(1, await(claimed).size());
        await(ended);
        assertTrue(await(removed));
        assertEquals(0, store().counts().get(JobStatus.COMPLETED));
    }

    private RunMove.Parked parked(ParkReason reason) {
        return RunMove.Parked.of(reason, clock().instant());
    }
}
