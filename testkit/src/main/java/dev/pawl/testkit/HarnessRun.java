package dev.pawl.testkit;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobArtifact;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

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

    /** Asserts that the job has completed. */
    public HarnessRun isCompleted() {
        return ended(Outcome.COMPLETED);
    }

    /** Asserts that the job ended in this way. */
    public HarnessRun ended(Outcome expected) {
        if (outcome != expected) {
            throw failed("The job ended " + outcome + " instead of " + expected);
        }
        return this;
    }

    /** Asserts that the job failed, or was refused, with a message that contains this text. */
    public HarnessRun failedWith(Outcome expected, String text) {
        ended(expected);
        String message = message();
        if (!message.contains(text)) {
            throw failed("The message is \"" + message + "\" and does not contain \"" + text + "\"");
        }
        return this;
    }

    /** Asserts that these are the results, in this order, as JSON has them: numbers with a decimal point are {@code BigDecimal}. */
    @SafeVarargs
    public final HarnessRun hasResults(Map<String, ?>... expected) {
        List<Map<String, ?>> all = new ArrayList<>();
        for (Map<String, ?> result : expected) {
            all.add(result);
        }
        return same("results", all, results);
    }

    /** Asserts that one of the log lines contains this text. */
    public HarnessRun hasLogged(String text) {
        if (lines.stream().noneMatch(line -> line.contains(text))) {
            throw failed("No log line contains \"" + text + "\"; there are " + lines);
        }
        return this;
    }

    /** Asserts that this is the saved checkpoint. */
    public HarnessRun hasCheckpoint(Map<String, ?> expected) {
        return same("checkpoint", expected, checkpoint);
    }

    /** Asserts that this is the progress that it last reported. */
    public HarnessRun hasReached(double expected) {
        return same("progress", expected, percent);
    }

    /** The message that the job's answer has; empty when it did not fail. */
    private String message() {
        return failure != null ? failure.message() : thrown == null ? "" : String.valueOf(thrown.getMessage());
    }

    private HarnessRun same(String part, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionFailedError(
                    "The job has the " + part + " " + found + " instead of " + expected + ".", expected, found);
        }
        return this;
    }

    /** An error with what the job says about its failure. */
    AssertionFailedError failed(String what) {
        String message = message();
        return new AssertionFailedError(
                what + (message.isEmpty() ? "." : ": " + message) + (lines.isEmpty() ? "" : " Its log: " + lines),
                thrown);
    }

    /** A copy with the artifacts of a job that is over. */
    HarnessRun withArtifacts(List<JobArtifact> left) {
        return new HarnessRun(outcome, thrown, failure, lines, results, checkpoint, percent, info, left);
    }
}
