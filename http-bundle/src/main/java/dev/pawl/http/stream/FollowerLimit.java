package dev.pawl.http.stream;

import java.util.concurrent.atomic.AtomicInteger;

/** The number of clients that follow something at the moment, and its limit. Safe for many threads. */
public final class FollowerLimit {

    /** The number of clients that may follow at once. */
    public static final int MOST = 1_000;

    private final AtomicInteger present = new AtomicInteger();

    /** Lets one more client in; returns whether there was room. */
    public boolean enter() {
        if (present.incrementAndGet() <= MOST) {
            return true;
        }
        present.decrementAndGet();
        return false;
    }

    /** Notes that a client that was let in has gone. */
    public void leave() {
        present.decrementAndGet();
    }
}
