package dev.pawl.notification.message;

import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.NotificationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The looks for jobs that run or wait for too long: when one may be, and not so often that a queue of a million costs a twentieth of the time. */
final class LateLooks {

    private static final int SHARE = 20;

    private final NotificationStore store;
    private final InstantSource clock;

    // guarded by this
    private Instant next = Instant.MIN;

    private Instant earliest = Instant.MIN; // used by the timer's thread alone

    LateLooks(NotificationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Asks for a look at a time. */
    synchronized void at(Instant time) {
        next = time.isBefore(next) ? time : next;
    }

    private synchronized Instant take(Instant now) {
        Instant due = next;
        if (!due.isAfter(now)) {
            next = Instant.MAX;
        }
        return due;
    }

    /** Looks, if it is time; returns the time of the next look. */
    Optional<Instant> look(Instant now) {
        Instant least = earliest.isAfter(now.plus(Duration.ofHours(1))) ? now : earliest; // the clock was set back
        if (least.isAfter(now)) {
            at(least);
        }
        Instant due = least.isAfter(now) ? least : take(now);
        if (due.isAfter(now)) {
            return due.equals(Instant.MAX) ? Optional.empty() : Optional.of(due);
        }
        long began = System.nanoTime();
        Optional<Instant> found = Confirmation.await(store.tellLate(now), "A look for late jobs");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        earliest = clock.instant().plus(took.multipliedBy(SHARE));
        found.ifPresent(this::at);
        Instant upcoming;
        synchronized (this) {
            upcoming = next;
        }
        return upcoming.equals(Instant.MAX) ? Optional.empty() : Optional.of(upcoming);
    }
}
