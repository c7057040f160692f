package dev.pawl.http.stream;

import java.util.concurrent.atomic.AtomicInteger;

/** The number of clients that follow something at the moment, all kinds together, and its limit. Safe for many threads. */
public final class FollowerLimit {

    /** The number of clients that may follow logs or wait for jobs at once. */
    public static final int MOST = 1_000;

    private final AtomicInteger present = new AtomicInteger();

    /** Lets one more client in; returns whether there was room. */
    boolean enter() {
        if (present.incrementAndGet() <= MOST) {
            return true;
        }
        present.decrementAndGet();
        return false;
    }

    /** Notes that a client that was let in has gone. */
    void leave() {
        present.decrementAndGet();
    }
}
