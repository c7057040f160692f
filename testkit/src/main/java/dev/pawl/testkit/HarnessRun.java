package dev.pawl.testkit;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobArtifact;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run in a {@link JobHarness}.
 *
 * @param outcome the way it ended
 * @param thrown the exception of the module, or the {@link dev.pawl.service.problem.ProblemException} with which a server refuses the job;
 *         null when it threw none, or was paused or killed
 * @param failure the failure of the job as on a server: phase, message, stack; null when it did not fail, or was refused
 * @param lines the lines that it logged in this run
 * @param results the results of all runs so far, without those that were rolled back
 * @param checkpoint the saved checkpoint
 * @param percent the progress that it last reported
 * @param info the info of that progress
 * @param artifacts the files that a server would keep now, in the order of their paths, and where they are; none while the job is not over
 */
public record HarnessRun(
        Outcome outcome,
        @Nullable Throwable thrown,
        @Nullable Failure failure,
        List<String> lines,
        List<Map<String, Object>> results,
        Map<String, Object> checkpoint,
        double percent,
        Map<String, Object> info,
        List<JobArtifact> artifacts) {

    /** The outcomes of a run. */
    public enum Outcome {
        /** The job has completed. */
        COMPLETED,
        /** It could not be constructed. */
        INITIALIZATION_FAILED,
        /** {@code migrate} could not convert the checkpoint of another version. */
        MIGRATION_FAILED,
        /** {@code validate} refused it, or a server would have refused it before. */
        VALIDATION_FAILED,
        /** {@code run} threw an exception. */
        RUN_FAILED,
        /** {@code run} succeeded, {@code cleanup} threw an exception. */
        CLEANUP_FAILED,
        /** It was stopped. */
        STOPPED,
        /** It paused at a checkpoint, as requested. */
        PAUSED,
        /** The process was simulated to die. */
        KILLED
    }

    public HarnessRun {
        lines = List.copyOf(lines);
        results = List.copyOf(results);
        checkpoint = Collections.unmodifiableMap(checkpoint);
        artifacts = List.copyOf(artifacts);
    }

    /** A copy with the artifacts of a job that is over. */
    HarnessRun withArtifacts(List<JobArtifact> left) {
        return new HarnessRun(outcome, thrown, failure, lines, results, checkpoint, percent, info, left);
    }
}
