package dev.pawl.deploy.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.deploy.RecordingScheduler;
import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drained changes of bundles, with steps that succeed or fail. */
final class DrainedChangeTest {

    private final IllegalStateException failure = new IllegalStateException("The step failed.");
    private final List<String> events = new ArrayList<>();
    private final RecordingScheduler jobs = new RecordingScheduler();
    private final JobDrain drain = new JobDrain(null);
    private final DrainedChange change = new DrainedChange(drain, List.of("alpha"));

    @BeforeEach
    void bind() {
        drain.bind(jobs);
        jobs.atEachCall = () -> events.add(jobs.calls.get(jobs.calls.size() - 1));
        change.onFailure(() -> events.add("old back"));
        change.onFailure(() -> events.add("new gone"));
    }

    private <T> T perform(Supplier<T> steps) {
        return change.perform(UpdateMode.MOVE, Duration.ZERO, ParkReason.MODULE_UPDATE, steps);
    }

    private String failing() {
        events.add("step");
        throw failure;
    }

    @Test
    void theJobsAreBroughtOffBeforeTheStepsAndTheModulesAreReleasedAfterThem() {
        assertEquals("made", perform(() -> {
            events.add("step");
            return "made";
        }));

        assertEquals(List.of("drain [alpha]", "step", "release [alpha]"), events);
        assertEquals(RecordingScheduler.JOB, change.jobs().get(0).job());
    }

    @Test
    void aFailureTakesBackTheLatestFirstBeforeTheModulesAreReleased() {
        assertSame(failure, assertThrows(IllegalStateException.class, () -> perform(this::failing)));

        assertEquals(List.of("drain [alpha]", "step", "new gone", "old back", "release [alpha]"), events);
    }

    @Test
    void whatIsKeptIsNotTakenBackAndTheModulesAreReleasedAllTheSame() {
        assertThrows(
                IllegalStateException.class,
                () -> perform(() -> {
                    change.keep();
                    return failing();
                }));

        assertEquals(List.of("drain [alpha]", "step", "release [alpha]"), events);
    }

    @Test
    void whatCannotBeTakenBackHidesNeitherTheFailureNorTheRest() {
        change.onFailure(() -> {
            throw new IllegalArgumentException("It cannot be taken back.");
        });

        assertSame(failure, assertThrows(IllegalStateException.class, () -> perform(this::failing)));

        assertEquals(List.of("drain [alpha]", "step", "new gone", "old back", "release [alpha]"), events);
    }

    @Test
    void aDrainThatFailsLeavesNoModuleHeld() {
        jobs.atEachCall = () -> {
            if (jobs.calls.size() == 1) {
                throw failure;
            }
        };

        assertSame(failure, assertThrows(IllegalStateException.class, () -> perform(this::failing)));

        assertEquals(List.of("drain [alpha]", "release [alpha]"), jobs.calls);
        assertEquals(List.of("new gone", "old back"), events);
    }
}
