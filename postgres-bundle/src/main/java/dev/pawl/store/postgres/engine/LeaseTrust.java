package dev.pawl.store.postgres.engine;

import java.time.Duration;

/** The trust of this process in its lease, by lengths of time that began before each renewal was sent. Safe for many threads. */
final class LeaseTrust {

    private final long lengthNs;
    private long renewedNs; // when the last renewal that counts was sent
    private long doubts;

    /** @param length the time for which a renewal is trusted */
    LeaseTrust(Duration length) {
        this.lengthNs = length.toNanos();
        this.renewedNs = System.nanoTime() - lengthNs; // not yet
    }

    /** The number of doubts until now, to be read before a renewal is sent. */
    synchronized long doubts() {
        return doubts;
    }

    /**
     * Notes a renewal, unless a doubt has come since.
     *
     * @param sentNs when it was sent
     * @param known the number of doubts at that time
     */
    synchronized void renewed(long sentNs, long known) {
        if (doubts == known) {
            renewedNs = sentNs;
        }
    }

    /** Trusts no renewal of before. */
    synchronized void doubt() {
        doubts++;
        renewedNs = System.nanoTime() - lengthNs;
    }

    /** The time since the last renewal that counts. */
    synchronized Duration age() {
        return Duration.ofNanos(System.nanoTime() - renewedNs);
    }

    synchronized boolean isHeld() {
        return System.nanoTime() - renewedNs < lengthNs;
    }
}
