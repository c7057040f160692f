package dev.pawl.scheduler.retention;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.JobStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The times for which jobs are kept after their end, entries of the audit, and received callbacks.
 *
 * @param kept the time by final status; jobs with a status that is missing are kept forever
 * @param audit the time for entries of the audit; null when they are kept forever
 * @param auditBytes the space that the audit may take
 * @param callbacks the time for received callbacks; null when they are kept forever
 */
record RetentionSettings(
        Map<JobStatus, Duration> kept,
        @Nullable Duration audit,
        long auditBytes,
        @Nullable Duration callbacks) {

    private static final long MIB = 1L << 20;
    private static final long AUDIT_MIB = 1_024;

    RetentionSettings {
        kept = Map.copyOf(kept);
    }

    /** Reads the framework's properties, with their defaults. */
    static RetentionSettings of(Function<String, @Nullable String> properties) {
        Map<JobStatus, Duration> kept = new EnumMap<>(JobStatus.class);
        put(kept, JobStatus.COMPLETED, properties.apply("pawl.keep.completed"), Duration.ofDays(30));
        put(kept, JobStatus.FAILED, properties.apply("pawl.keep.failed"), Duration.ofDays(90));
        put(kept, JobStatus.STOPPED, properties.apply("pawl.keep.stopped"), Duration.ofDays(30));
        return new RetentionSettings(
                kept,
                time("audit", properties.apply("pawl.keep.audit"), Duration.ofDays(365))
                        .orElse(null),
                mib(properties.apply("pawl.audit.max.mb")) * MIB,
                time("callbacks", properties.apply("pawl.keep.callbacks"), Duration.ofDays(30))
                        .orElse(null));
    }

    private static long mib(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? AUDIT_MIB : Math.max(1, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "pawl.audit.max.mb is \"" + text + "\"; it takes a whole number of megabytes.", e);
        }
    }

    private static void put(
            Map<JobStatus, Duration> kept, JobStatus status, @Nullable String text, Duration otherwise) {
        time(status.wireName(), text, otherwise).ifPresent(time -> kept.put(status, time));
    }

    /** The time of a setting; empty when it says forever. */
    private static Optional<Duration> time(String what, @Nullable String text, Duration otherwise) {
        if (text == null || text.isBlank()) {
            return Optional.of(otherwise);
        }
        return text.equals("forever") ? Optional.empty() : Optional.of(parse(what, text));
    }

    private static Duration parse(String what, String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "pawl.keep." + what + " is \"" + text + "\"; it takes forever, or a time such as 12h or 30d."));
    }
}
