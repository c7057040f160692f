package dev.pawl.service.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The jobs for which a job waits before it may start.
 *
 * @param jobs their names: ids, unique prefixes of 8 or more characters, or {@code jobs[N]} for a job of the same batch, from 0. In a job
 *     that was added they are ids.
 * @param on the event of these jobs for which it waits
 */
public record After(List<String> jobs, On on) {

    /** The greatest number of jobs for which one waits. */
    public static final int MOST = 1_000;

    /** Waits for no job. */
    public static final After NONE = new After(List.of(), On.COMPLETED);

    /** The due time of a job while it waits for others: later than any that a request can sensibly have. */
    public static final Instant DUE = Instant.parse("9999-12-30T00:00:00Z");

    /** The event of the other job for which one waits. */
    public enum On {
        /** The completion of the other job. When that fails, is stopped or is removed, the job that waits fails. */
        COMPLETED,
        /** The end of the other job, whatever it is. */
        ENDED;

        /** The word on the wire, such as {@code completed}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The value of a word on the wire. */
        public static On of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public After {
        jobs = List.copyOf(jobs);
        if (jobs.size() > MOST) {
            throw new IllegalArgumentException("after has " + jobs.size() + " entries; it takes at most 1000.");
        }
    }

    /** The same wait for other names. */
    public After withJobs(List<String> others) {
        return new After(others, on);
    }

    /** Whether it waits for no job. */
    public boolean isNone() {
        return jobs.isEmpty();
    }

    /** The ids, of a job that was added. */
    public List<UUID> ids() {
        return jobs.stream().map(UUID::fromString).toList();
    }

    /** The sentence that refuses a name. */
    public static String unknown(String field, String name) {
        return field + " is \"" + name + "\"; there is no such job, or it has been removed.";
    }
}
