package dev.pawl.store.kit;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Statuses of jobs, and the reasons for which they wait, as texts of columns. */
public final class StatusText {

    private StatusText() {}

    /** The text of a status. */
    public static String of(JobStatus status) {
        return status.wireName();
    }

    /** The status of a text. */
    public static JobStatus status(String text) {
        return JobStatus.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The text of a reason; null for none. */
    public static @Nullable String parkedText(@Nullable ParkReason reason) {
        return reason == null ? null : reason.name().toLowerCase(Locale.ROOT);
    }

    /** The reason of a text; null for none. */
    public static @Nullable ParkReason parked(@Nullable String text) {
        return text == null ? null : ParkReason.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
