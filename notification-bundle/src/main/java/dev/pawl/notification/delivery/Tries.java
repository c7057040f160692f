package dev.pawl.notification.delivery;

import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which tries are made, and the records of what they come to. A try that the store cannot take keeps its thread and is offered to it
 * every second, so that a receiver is not told again and again while a disk is full. Safe for many threads; {@link #close} ends all of them.
 */
public final class Tries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tries.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
    private static final long IDLE_S = 10;

    private final String what;
    private final InstantSource clock;
    private final TryMeasures measures;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ThreadPoolExecutor threads;

    /** Writes a try to the store. */
    @FunctionalInterface
    public interface TryWrite {

        /**
         * Writes it.
         *
         * @param next the time of the next try; null when there is none
         */
        CompletionStage<?> write(DeliveryState state, @Nullable Instant next);
    }

    /**
     * Makes no thread yet.
     *
     * @param what the word for what is tried, in names of threads and in sentences
     */
    public Tries(String what, InstantSource clock, TryMeasures measures) {
        this.what = what;
        this.clock = clock;
        this.measures = measures;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                UnderWay.MOST, UnderWay.MOST, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "pawl-" + what + "-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Makes a try, as soon as there is a thread. */
    public void begin(Runnable work) {
        threads.execute(work);
    }

    /**
     * Records a try, as soon as the store takes it, and counts it.
     *
     * @param pause the time until the next try; null when there is none
     */
    public void record(Object id, Outcome outcome, @Nullable Duration pause, TryWrite record) {
        DeliveryState state = DeliveryState.DELIVERED;
        if (outcome.end() == End.DELIVERED) {
            measures.delivered();
        } else {
            measures.failed(pause == null);
            state = pause == null ? DeliveryState.FAILED : DeliveryState.WAITING;
        }
        while (!isRecorded(id, state, pause, record)) {
            pause();
            if (isClosed()) {
                return; // it comes again at the next start
            }
        }
    }

    private boolean isRecorded(Object id, DeliveryState state, @Nullable Duration pause, TryWrite record) {
        Instant next = pause == null ? null : clock.instant().plus(pause);
        try {
            Confirmation.await(record.write(state, next), "A try of a " + what);
            return true;
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.SHUTTING_DOWN) {
                return true; // nothing can be recorded any more
            }
            LOG.warn("A try of the {} {} cannot be recorded at present: {}", what, id, e.getMessage());
            return false;
        }
    }

    /** Whether no more is tried. */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits for a second, or until it is closed. */
    public void pause() {
        try {
            var unused = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all tries; what was not answered comes again at the next start. */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Some tries of a {} are still under way while their part stops; they come again.", what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
