package dev.pawl.store.sqlite;

import dev.pawl.api.job.ParkReason;
import org.jspecify.annotations.Nullable;

/** A waiting job's place before its age counts: lower goes first. Jobs that had begun and were interrupted come before all others. */
final class Rank {

    private static final int HIGHEST_PRIORITY = 1_000;
    private static final int NOT_INTERRUPTED = 10_000; // more than two priorities can differ by

    private Rank() {}

    static int of(int priority, @Nullable ParkReason parked) {
        return HIGHEST_PRIORITY - priority + (interrupted(parked) ? 0 : NOT_INTERRUPTED);
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
