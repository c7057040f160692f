package dev.pawl.service.job;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The numbers of the jobs that a filter lets through, by status.
 *
 * @param counts the number in each status, none left out
 * @param cappedAt the number at which the counting of a status ended; empty when all numbers are exact
 */
public record JobTally(Map<JobStatus, Long> counts, OptionalLong cappedAt) {

    /** The number up to which the jobs of a status are counted, unless exact numbers are asked for. */
    public static final long CAP = 10_000;

    public JobTally {
        counts = Map.copyOf(counts);
    }

    /** Exact numbers; statuses that are left out have no jobs. */
    public static JobTally exact(Map<JobStatus, Long> counts) {
        return new JobTally(whole(counts), OptionalLong.empty());
    }

    /** Numbers of which each was counted to one more than {@link #CAP} at most. */
    public static JobTally capped(Map<JobStatus, Long> counts) {
        if (counts.values().stream().noneMatch(count -> count > CAP)) {
            return exact(counts);
        }
        Map<JobStatus, Long> cut = whole(counts);
        cut.replaceAll((status, count) -> Math.min(count, CAP));
        return new JobTally(cut, OptionalLong.of(CAP));
    }

    private static Map<JobStatus, Long> whole(Map<JobStatus, Long> counts) {
        Map<JobStatus, Long> all = new EnumMap<>(JobStatus.class);
        for (JobStatus status : JobStatus.values()) {
            all.put(status, counts.getOrDefault(status, 0L));
        }
        return all;
    }
}
