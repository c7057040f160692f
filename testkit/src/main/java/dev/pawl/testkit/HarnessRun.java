package dev.pawl.testkit;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one run in a {@link JobHarness} did.
 *
 * @param outcome how it ended
 * @param thrown what the module threw; null when it threw nothing, or was paused or killed
 * @param lines what it logged in this run
 * @param results what the job has by now, of all runs, without what was rolled back
 * @param checkpoint what is saved by now
 * @param percent the progress it showed last
 * @param info what it showed with that
 */
public record HarnessRun(
        Outcome outcome,
        @Nullable Throwable thrown,
        List<String> lines,
        List<Map<String, Object>> results,
        Map<String, Object> checkpoint,
        double percent,
        Map<String, Object> info) {

    /** How a run ends. */
    public enum Outcome {
        /** The job has completed. */
        COMPLETED,
        /** {@code migrate} could not take over the checkpoint of another version. */
        MIGRATION_FAILED,
        /** {@code validate} refused it. */
        VALIDATION_FAILED,
        /** {@code run} threw something. */
        RUN_FAILED,
        /** {@code run} was good, {@code cleanup} threw something. */
        CLEANUP_FAILED,
        /** It left at a checkpoint, as it was told to. */
        PAUSED,
        /** The process seemed to die. */
        KILLED
    }

    public HarnessRun {
        lines = List.copyOf(lines);
        results = List.copyOf(results);
        checkpoint = Collections.unmodifiableMap(checkpoint);
    }
}
