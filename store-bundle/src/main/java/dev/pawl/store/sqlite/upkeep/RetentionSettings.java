package dev.pawl.store.sqlite.upkeep;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.JobStatus;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The times for which jobs are kept after their end.
 *
 * @param kept the time by final status; jobs with a status that is missing are kept forever
 */
record RetentionSettings(Map<JobStatus, Duration> kept) {

    RetentionSettings {
        kept = Map.copyOf(kept);
    }

    /** Reads the framework's properties, with their defaults. */
    static RetentionSettings of(Function<String, @Nullable String> properties) {
        Map<JobStatus, Duration> kept = new EnumMap<>(JobStatus.class);
        put(kept, JobStatus.COMPLETED, properties.apply("pawl.keep.completed"), Duration.ofDays(30));
        put(kept, JobStatus.FAILED, properties.apply("pawl.keep.failed"), Duration.ofDays(90));
        put(kept, JobStatus.STOPPED, properties.apply("pawl.keep.stopped"), Duration.ofDays(30));
        return new RetentionSettings(kept);
    }

    private static void put(
            Map<JobStatus, Duration> kept, JobStatus status, @Nullable String text, Duration otherwise) {
        if (text == null || text.isBlank()) {
            kept.put(status, otherwise);
        } else if (!text.equals("forever")) {
            kept.put(status, parse(status, text));
        }
    }

    private static Duration parse(JobStatus status, String text) {
        return DurationText.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("pawl.keep." + status.wireName() + " is \"" + text
                        + "\"; it takes forever, or a time such as 12h or 30d."));
    }
}
