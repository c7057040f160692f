package dev.pawl.http.stream;

import java.util.concurrent.atomic.AtomicInteger;

/** The number of clients that follow something at the moment, and its limit. Safe for many threads. */
public final class FollowerLimit {

    private final int most;
    private final AtomicInteger present = new AtomicInteger();

    /** @param most the number of clients that may follow at once */
    public FollowerLimit(int most) {
        this.most = most;
    }

    /** The number of clients that may follow at once. */
    public int most() {
        return most;
    }

    /** Lets one more client in; returns whether there was room. */
    public boolean enter() {
        if (present.incrementAndGet() <= most) {
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
