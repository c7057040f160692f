package dev.pawl.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one timer of all schedules: a thread that sleeps until the next of them fires. There is no thread while none ever fires. The clock may be
 * set, or the machine sleep, meanwhile: so the thread looks at the clock every few seconds, and at nothing else.
 */
final class ScheduleTimer implements Alarm, AutoCloseable {

    /** The longest time for which the clock is not looked at. */
    private static final Duration CLOCK_CHECK = Duration.ofSeconds(5);

    private static final Duration STORE_RETRY = Duration.ofSeconds(1);
    private static final long END_TIMEOUT_MS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleTimer.class);

    private final InstantSource clock;
    private final Function<Instant, Optional<Instant>> look;

    // guarded by this
    private Instant next = Instant.MAX;
    private @Nullable Thread thread;
    private boolean closed;

    private boolean failing; // used by the thread alone

    /** @param look fires what is due at a time; returns the time of the next fire after it */
    ScheduleTimer(InstantSource clock, Function<Instant, Optional<Instant>> look) {
        this.clock = clock;
        this.look = look;
    }

    @Override
    public synchronized void at(Instant time) {
        if (closed || !time.isBefore(next)) {
            return;
        }
        next = time;
        if (thread == null) {
            Thread made = new Thread(null, this::run, "pawl-schedules", 0, false);
            made.setDaemon(true);
            thread = made;
            made.start();
        }
        notifyAll();
    }

    private void run() {
        while (awaitNext()) {
            Instant now = clock.instant();
            try {
                look.apply(now).ifPresent(this::at);
                failing = false;
            } catch (RuntimeException | Error e) { // the timer goes on, whatever one look comes to
                failed(e);
                at(now.plus(STORE_RETRY));
            }
        }
    }

    private void failed(Throwable problem) {
        if (!failing) {
            failing = true;
            LOG.warn("Schedules cannot be read at present; they are tried again every second.", problem);
        }
    }

    /** Waits for the next time; false when there is none, and the thread ends. */
    private synchronized boolean awaitNext() {
        while (!closed && !next.equals(Instant.MAX)) {
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                next = Instant.MAX; // whatever comes up from here on brings another look
                return true;
            }
            Duration left = Duration.between(now, next);
            try {
                wait(Math.max(1, left.compareTo(CLOCK_CHECK) < 0 ? left.toMillis() : CLOCK_CHECK.toMillis()));
            } catch (InterruptedException e) { // nobody has a reason to; with the flag set, no wait would last any more
                LOG.debug("The timer of schedules was interrupted; it goes on.", e);
            }
        }
        thread = null;
        return false;
    }

    /** Fires nothing any more; returns when a look that is under way has ended, or takes too long. Harmless a second time. */
    @Override
    public void close() {
        Thread ending;
        synchronized (this) {
            closed = true;
            ending = thread;
            notifyAll();
        }
        if (ending != null) {
            try {
                ending.join(END_TIMEOUT_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
