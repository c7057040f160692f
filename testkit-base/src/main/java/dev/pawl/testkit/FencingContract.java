package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Run;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of the fence: writes of a run that has ended or was replaced are refused and change nothing. */
interface FencingContract extends JobStoreTests {

    /** The ways in which a run can end. */
    enum Fate {
        COMPLETED,
        FAILED,
        STOPPED,
        PUT_BACK,
        PUT_BACK_AFTER_A_CRASH,
        PUT_BACK_FROM_ELSEWHERE,
        RESUMED_HERE,
        RESUMED_AFTER_A_CRASH,
        RESUMED_ELSEWHERE,
        RESUMED_FROM_ELSEWHERE
    }

    /** The writes that the ended run attempts. */
    enum Word {
        NOTHING,
        LINES,
        RESULTS,
        CHECKPOINT,
        SETTINGS,
        MODULE_VERSION,
        PROGRESS,
        NEXT_TASK,
        COMPLETED,
        FAILED,
        STOPPED,
        RETRY,
        PAUSED
    }

    static Stream<Arguments> allOfBoth() {
        return Stream.of(Fate.values()).flatMap(fate -> Stream.of(Word.values()).map(word -> Arguments.of(fate, word)));
    }

    @ParameterizedTest
    @MethodSource("dev.pawl.testkit.FencingContract#allOfBoth")
    default void nothingLandsOfARunThatIsOver(Fate fate, Word word) {
        jobs().add("a", "b");
        Job dead = fate == Fate.RESUMED_FROM_ELSEWHERE || fate == Fate.PUT_BACK_FROM_ELSEWHERE
                ? await(store().claim(jobs().lease("far", Duration.ofSeconds(30))))
                        .get(0)
                : jobs().claimOne();
        jobs().write(jobs().draft(dead)
                .lines("alive")
                .results("{\"n\":1}")
                .checkpoint(Map.of("n", 1))
                .settings(Map.of("depth", 1))
                .build());
        meet(dead, fate);
        Everything before = everything(dead);
        jobs().refused(said(dead, word));
        assertEquals(before, everything(dead));
    }

    @Test
    default void nothingOfTheRuntimeForAJobThatWaitedLandsOnceItRuns() {
        Job waiting = jobs().started("a");
        jobs().write(jobs().move(waiting, parked(ParkReason.INTERRUPTED)));
        waiting = jobs().find(waiting);
        jobs().add("a");
        jobs().claimAll();
        Everything before = everything(waiting);
        jobs().refused(jobs().lines(waiting, "It waits."));
        jobs().refused(jobs().move(waiting, jobs().stopped()));
        assertEquals(before, everything(waiting));
    }

    private void meet(Job run, Fate fate) {
        switch (fate) {
            case COMPLETED -> jobs().write(jobs().move(run, jobs().completed()));
            case FAILED -> jobs().write(jobs().move(run, failed()));
            case STOPPED -> jobs().write(jobs().move(run, jobs().stopped()));
            case PUT_BACK -> jobs().write(jobs().move(run, parked(ParkReason.MODULE_UPDATE)));
            case PUT_BACK_AFTER_A_CRASH -> await(store().recover(3, clock().instant()));
            case PUT_BACK_FROM_ELSEWHERE -> {
                clock().advance(Duration.ofSeconds(30));
                await(store().expireLeases(clock().instant()));
            }
            case RESUMED_HERE -> {
                jobs().write(jobs().move(run, parked(ParkReason.MODULE_UPDATE)));
                goOn();
            }
            case RESUMED_AFTER_A_CRASH -> {
                await(store().recover(3, clock().instant()));
                goOn();
            }
            case RESUMED_ELSEWHERE -> {
                jobs().write(jobs().move(run, parked(ParkReason.INTERRUPTED)));
                await(store().claim(jobs().lease("far", Duration.ofSeconds(30))));
            }
            case RESUMED_FROM_ELSEWHERE -> {
                clock().advance(Duration.ofSeconds(30));
                await(store().expireLeases(clock().instant()));
                goOn();
            }
        }
    }

    /** Starts the next run, which has already written something. */
    private void goOn() {
        jobs().write(jobs().draft(jobs().claimOne())
                .lines("mine")
                .results("{\"n\":2}")
                .build());
    }

    private RunWrite said(Job run, Word word) {
        JobStoreDriver.Draft draft = jobs().draft(run).elapsed(Duration.ofDays(1));
        return switch (word) {
            case NOTHING -> draft.build();
            case LINES -> draft.lines("from the grave").build();
            case RESULTS -> draft.results("{\"n\":666}").build();
            case CHECKPOINT -> draft.checkpoint(Map.of("n", 666)).build();
            case SETTINGS -> draft.settings(Map.of("depth", 666)).build();
            case MODULE_VERSION -> draft.moduleVersion("6.6.6").build();
            case PROGRESS -> draft.progress(66, Map.of()).build();
            case NEXT_TASK -> draft.move(jobs().nextTask()).build();
            case COMPLETED -> draft.move(jobs().completed()).build();
            case FAILED -> draft.move(failed()).build();
            case STOPPED -> draft.move(jobs().stopped()).build();
            case RETRY -> draft.move(parked(ParkReason.RETRY)).build();
            case PAUSED -> draft.move(parked(ParkReason.INTERRUPTED)).build();
        };
    }

    /** All stored data of a job. */
    record Everything(
            Optional<Job> job,
            List<LogEntry> log,
            List<JobResult> results,
            List<Run> runs,
            Map<JobStatus, Long> counts) {}

    private Everything everything(Job job) {
        return new Everything(
                store().find(job.id()),
                store().logs(job.id(), 100),
                store().results(job.id(), 0, 100).results(),
                store().runs(job.id()),
                store().counts());
    }

    private RunMove failed() {
        return new RunMove.Failed(new Failure(Phase.RUN, 0, "a", "It broke.", null), clock().instant());
    }

    private RunMove parked(ParkReason reason) {
        return RunMove.Parked.of(reason, clock().instant());
    }
}
