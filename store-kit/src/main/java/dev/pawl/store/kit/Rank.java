package dev.pawl.store.kit;

import dev.pawl.service.job.ParkReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rank of a waiting job, which counts before its age: lower runs first. Jobs that had begun and were interrupted come before all
 * others, in the order in which their runs had begun.
 */
public final class Rank {

    private static final int HIGHEST_PRIORITY = 1_000;
    private static final int PRIORITIES = 2 * HIGHEST_PRIORITY + 1;

    /** An offset below all ranks of jobs that were not interrupted, with room for the milliseconds of 70,000 years. */
    private static final long INTERRUPTED = Long.MIN_VALUE / 2;

    private static final long LAST_MILLIS = -INTERRUPTED / PRIORITIES - 1;

    private Rank() {}

    /** The place of a job that was just added. */
    public static long ofNew(int priority) {
        return of(priority, null, null);
    }

    /**
     * The place of a job that waits.
     *
     * @param began the time at which the interrupted run began; null when unknown
     */
    public static long of(int priority, @Nullable ParkReason parked, @Nullable Instant began) {
        long place = (long) HIGHEST_PRIORITY - priority;
        if (!interrupted(parked)) {
            return place;
        }
        long millis = began == null ? 0 : Math.max(0, Math.min(LAST_MILLIS, Micros.of(began) / 1_000));
        return INTERRUPTED + millis * PRIORITIES + place;
    }

    private static boolean interrupted(@Nullable ParkReason parked) {
        if (parked == null) {
            return false;
        }
        return switch (parked) {
            case INTERRUPTED, MODULE_GONE, MODULE_UPDATE -> true;
            case RETRY -> false;
        };
    }
}
