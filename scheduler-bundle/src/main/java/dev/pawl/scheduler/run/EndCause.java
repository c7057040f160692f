package dev.pawl.scheduler.run;

import dev.pawl.service.job.ParkReason;
import org.jspecify.annotations.Nullable;

/** Causes for which a run is to end before its work is done. */
public enum EndCause {
    STOP(null, "The job was stopped."),
    DURATION_LIMIT(null, "The job reached its duration limit."),
    SERVER_STOPPING(
            ParkReason.INTERRUPTED, "The server is stopping; the job goes on from its checkpoint when it is back."),
    SERVER_DRAINED(
            ParkReason.INTERRUPTED,
            "The server is drained; the job goes on from its checkpoint on another one, or here once it is taken back."),
    LEASE_ENDED(
            ParkReason.INTERRUPTED,
            "The server could not reach the store for too long, and another may have the job; it goes on from its checkpoint."),
    MODULE_GONE(ParkReason.MODULE_GONE, "The module went away; the job goes on from its checkpoint when it is back."),
    MODULE_UPDATE(ParkReason.MODULE_UPDATE, "The module is being updated; the job goes on from its checkpoint.");

    private final @Nullable ParkReason parked;
    private final String sentence;

    EndCause(@Nullable ParkReason parked, String sentence) {
        this.parked = parked;
        this.sentence = sentence;
    }

    /** The cause after which a job waits for that reason. */
    public static EndCause of(ParkReason reason) {
        return switch (reason) {
            case INTERRUPTED -> SERVER_STOPPING;
            case MODULE_GONE -> MODULE_GONE;
            case MODULE_UPDATE -> MODULE_UPDATE;
            case RETRY -> throw new IllegalArgumentException("No run is told to end for a retry.");
        };
    }

    /** The reason for which the job waits afterwards; null when it has ended. */
    @Nullable
    ParkReason parked() {
        return parked;
    }

    /** Whether the job goes on later. */
    boolean pauses() {
        return parked != null;
    }

    String sentence() {
        return sentence;
    }
}
