package dev.pawl.scheduler.thread;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The run that a thread descends from. Safe for many threads. */
public final class RunAncestry {

    /**
     * A run that is over.
     *
     * @param module what it ran last
     * @param job null when that is not known
     */
    record Ended(String module, @Nullable UUID job) {}

    private volatile boolean born;
    private volatile @Nullable Ended ended;

    /** A thread was made that descends from the run. */
    void bear() {
        born = true;
    }

    /** Whether any was. */
    boolean hasBorne() {
        return born;
    }

    /** The run is over. */
    void end(Ended run) {
        ended = run;
    }

    /** The run once it is over. */
    @Nullable
    Ended ended() {
        return ended;
    }
}
