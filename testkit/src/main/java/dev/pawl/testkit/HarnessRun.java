package dev.pawl.testkit;

import dev.pawl.service.job.Failure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run in a {@link JobHarness}.
 *
 * @param outcome how it ended
 * @param thrown what the module threw, or the {@link dev.pawl.service.problem.ProblemException} with which a server refuses the job; null when
 *     it threw nothing, or was paused or killed
 * @param failure what a server says of the failed job: phase, message, stack; null when it did not fail, or was refused
 * @param lines what it logged in this run
 * @param results what the job has by now, of all runs, without what was rolled back
 * @param checkpoint what is saved by now
 * @param percent the progress it showed last
 * @param info what it showed with that
 */
public record HarnessRun(
        Outcome outcome,
        @Nullable Throwable thrown,
        @Nullable Failure failure,
        List<String> lines,
        List<Map<String, Object>> results,
        Map<String, Object> checkpoint,
        double percent,
        Map<String, Object> info) {

    /** The outcomes of a run. */
    public enum Outcome {
        /** The job has completed. */
        COMPLETED,
        /** It could not be made. */
        INITIALIZATION_FAILED,
        /** {@code migrate} could not take over the checkpoint of another version. */
        MIGRATION_FAILED,
        /** {@code validate} refused it, or a server would before that. */
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
