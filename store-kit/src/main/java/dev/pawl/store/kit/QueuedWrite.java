package dev.pawl.store.kit;

import java.time.Duration;

/** A write that waits for the writer. */
public interface QueuedWrite {

    /** The approximate number of characters that it retains while it waits. */
    long size();

    /** Whether it has been waiting for at least the given time. */
    boolean waitsFor(Duration limit, long nowNs);

    /** Tells the caller what has become of it. */
    void complete();
}
