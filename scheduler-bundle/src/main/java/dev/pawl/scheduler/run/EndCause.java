package dev.pawl.scheduler.run;

import dev.pawl.api.job.ParkReason;
import org.jspecify.annotations.Nullable;

/** Why a run is to end before its work is done. */
public enum EndCause {
    STOP(null, "The job was stopped."),
    DURATION_LIMIT(null, "The job reached its duration limit."),
    SERVER_STOPPING(
            ParkReason.INTERRUPTED, "The server is stopping; the job goes on from its checkpoint when it is back."),
    MODULE_GONE(ParkReason.MODULE_GONE, "The module went away; the job goes on from its checkpoint when it is back."),
    MODULE_UPDATE(ParkReason.MODULE_UPDATE, "The module is being updated; the job goes on from its checkpoint.");

    private final @Nullable ParkReason parked;
    private final String sentence;

    EndCause(@Nullable ParkReason parked, String sentence) {
        this.parked = parked;
        this.sentence = sentence;
    }

    /** Why the job waits afterwards; null when it has ended. */
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
