package dev.pawl.scheduler.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Signal to the dispatcher that something changed by which a job may start. Safe for many threads; never blocks. */
public final class DispatchSignal {

    private final AtomicBoolean set = new AtomicBoolean();
    private volatile @Nullable Thread dispatcher;

    /** Names the thread that is woken from now on. */
    void wakes(Thread thread) {
        dispatcher = thread;
    }

    /** Lets the dispatcher look for jobs, now or when it is started. */
    public void wake() {
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
