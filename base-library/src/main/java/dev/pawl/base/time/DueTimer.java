package dev.pawl.base.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one timer of many things that are due at times of the clock: a thread that sleeps until the next of them. There is no thread while nothing is
 * ever due. The clock may be set, or the machine sleep, meanwhile: so the thread looks at the clock every few seconds, and at nothing else. It looks at the
 * things when one is due, and when the clock was set back. Safe for many threads; {@link #close} ends the thread.
 */
public final class DueTimer implements AutoCloseable {

    /** The longest time for which the clock is not looked at. */
    private static final Duration CLOCK_CHECK = Duration.ofSeconds(5);

    /** Clocks that are kept right by small steps back change nothing. */
    private static final Duration STEP_BACK = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final long END_TIMEOUT_MS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(DueTimer.class);

    private final String name;
    private final InstantSource clock;
    private final Function<Instant, Optional<Instant>> look;
    private final Consumer<Throwable> failed;

    // guarded by this
    private Instant next = Instant.MAX;
    private Instant seen = Instant.MIN;
    private @Nullable Thread thread;
    private boolean closed;

    private boolean failing; // used by the thread alone

    /**
     * Makes a timer without a thread.
     *
     * @param name the name of the thread
     * @param look does what is due at a time; returns the next time after it
     * @param failed told of a look that failed, when the one before did not; looks go on every second
     */
    public DueTimer(
            String name, InstantSource clock, Function<Instant, Optional<Instant>> look, Consumer<Throwable> failed) {
        this.name = name;
        this.clock = clock;
        this.look = look;
        this.failed = failed;
    }

    /** Has the timer look now. */
    public void now() {
        at(Instant.MIN);
    }

    /** Has the timer look at a time at the latest; at once when it has passed. */
    public synchronized void at(Instant time) {
        if (closed || !time.isBefore(next)) {
            return;
        }
        next = time;
        if (thread == null) {
            Thread made = new Thread(null, this::run, name, 0, false);
            made.setDaemon(true);
            thread = made;
            seen = Instant.MIN;
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
                if (!failing) {
                    failing = true;
                    failed.accept(e);
                }
                at(now.plus(RETRY));
            }
        }
    }

    /** Waits for the next time; false when there is none, and the thread ends. */
    private synchronized boolean awaitNext() {
        while (!closed && !next.equals(Instant.MAX)) {
            Instant now = clock.instant();
            boolean isSetBack = now.plus(STEP_BACK).isBefore(seen);
            seen = now;
            if (isSetBack || !now.isBefore(next)) {
                next = Instant.MAX; // whatever comes up from here on brings another look
                return true;
            }
            Duration left = Duration.between(now, next);
            try {
                wait(Math.max(1, left.compareTo(CLOCK_CHECK) < 0 ? left.toMillis() : CLOCK_CHECK.toMillis()));
            } catch (InterruptedException e) { // nobody has a reason to; with the flag set, no wait would last any more
                LOG.debug("The timer {} was interrupted; it goes on.", name, e);
            }
        }
        thread = null;
        return false;
    }

    /** Looks no more; returns when a look that is under way has ended, or takes too long. Harmless a second time. */
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
