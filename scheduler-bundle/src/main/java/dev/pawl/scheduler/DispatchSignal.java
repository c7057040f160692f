package dev.pawl.scheduler;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Signal to the dispatcher that something changed by which a job may start. Safe for many threads; never blocks. */
final class DispatchSignal {

    private final AtomicBoolean set = new AtomicBoolean();
    private volatile @Nullable Thread dispatcher;

    /** Names the thread that is woken from now on. */
    void wakes(Thread thread) {
        dispatcher = thread;
    }

    void wake() {
        if (!set.getAndSet(true)) {
            LockSupport.unpark(dispatcher);
        }
    }

    boolean isSet() {
        return set.get();
    }

    void clear() {
        set.set(false);
    }
}
