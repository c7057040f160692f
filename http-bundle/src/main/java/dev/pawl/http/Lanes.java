package dev.pawl.http;

import dev.pawl.http.route.Work;
import dev.pawl.http.server.Lane;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The lanes in which handlers work, one for each kind of work, and the number of requests that have no answer yet. */
final class Lanes {

    /** Each may hold a page of the store in memory, and more would not be faster. */
    private static final int ORDINARY = 8;

    /** They mostly wait for each other, and for modules to stop. */
    private static final int LONG = 16;

    private static final int WAITING = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Executor threads;
    private final Executor ordinary;
    private final Executor slow;
    private final AtomicInteger open = new AtomicInteger();

    Lanes(Executor threads) {
        this.threads = threads;
        this.ordinary = new Lane(ORDINARY, WAITING, threads);
        this.slow = new Lane(LONG, WAITING, threads);
    }

    /** Runs what waits for nothing. */
    Executor threads() {
        return threads;
    }

    Executor of(Work work) {
        return switch (work) {
            case LIGHT -> Runnable::run;
            case ORDINARY -> ordinary;
            case LONG -> slow;
        };
    }

    void begun() {
        open.incrementAndGet();
    }

    void ended() {
        open.decrementAndGet();
    }

    /** Waits until every request has its answer, or the time is over. */
    void awaitAnswers(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (open.get() > 0 && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
