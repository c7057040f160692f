package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far an action on many jobs has come.
 *
 * @param matched the number of jobs that were selected when it began
 * @param done the number of jobs on which it was carried out
 * @param skipped the number of jobs that had changed their state, or were gone, when their turn came
 * @param failed the number of jobs on which it failed
 * @param failures the first of these
 * @param next where it goes on; null when it is complete
 */
public record BulkReport(
        long matched,
        long done,
        long skipped,
        long failed,
        List<Failed> failures,
        @Nullable String next) {

    /** The greatest number of failures that are kept. */
    public static final int MOST_FAILURES = 100;

    /** A job on which the action failed. */
    public record Failed(UUID job, ProblemCode code, String detail) {}

    public BulkReport {
        failures = List.copyOf(failures);
    }

    /** Before the first job. */
    public static BulkReport begun(long matched, @Nullable String first) {
        return new BulkReport(matched, 0, 0, 0, List.of(), first);
    }

    /** The number of jobs whose turn has come. */
    public long looked() {
        return done + skipped + failed;
    }

    /** Whether all jobs had their turn. */
    public boolean isComplete() {
        return next == null;
    }

    /** The sum of this and of what came after it. */
    public BulkReport plus(long moreDone, long moreSkipped, List<Failed> more, @Nullable String then) {
        List<Failed> all = new ArrayList<>(failures);
        all.addAll(more.subList(0, Math.min(more.size(), MOST_FAILURES - all.size())));
        return new BulkReport(matched, done + moreDone, skipped + moreSkipped, failed + more.size(), all, then);
    }
}
