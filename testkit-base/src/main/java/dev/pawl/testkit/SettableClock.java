package dev.pawl.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it, in either direction. Safe for use by several threads. */
public final class SettableClock implements InstantSource {

    private volatile Instant now;

    /** Starts at the given time. */
    public SettableClock(Instant start) {
        now = start;
    }

    /** Starts at a time such as {@code 2026-01-01T00:00:00Z}. */
    public static SettableClock at(String start) {
        return new SettableClock(Instant.parse(start));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Advances the clock, or sets it back by a negative duration; returns the new time. */
    public synchronized Instant advance(Duration by) {
        Instant later = now.plus(by);
        now = later;
        return later;
    }

    /** Sets the time. */
    public synchronized void set(Instant instant) {
        now = instant;
    }
}
