package dev.pawl.scheduler.thread;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The run that a thread descends from. Safe for many threads. */
public final class RunAncestry {

    /**
     * A run that is over.
     *
     * @param module the module that it ran last
     * @param job null when that is not known
     */
    record Ended(String module, @Nullable UUID job) {}

    private volatile boolean threadsStarted;
    private volatile @Nullable Ended ended;

    /** A thread was made that descends from the run. */
    void threadStarted() {
        threadsStarted = true;
    }

    /** Whether any thread was made that descends from the run. */
    boolean hasStartedThreads() {
        return threadsStarted;
    }

    /** The run is over. */
    void end(Ended run) {
        ended = run;
    }

    /** The run; null until it is over. */
    @Nullable
    Ended ended() {
        return ended;
    }
}
