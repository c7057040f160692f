package dev.pawl.notification.callback;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.job.Job;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DueDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes deliveries on threads of its own, and records what their tries come to. A try that the store cannot take keeps its thread and is offered to it every
 * second, so that a receiver is not told again and again while a disk is full. Safe for many threads; {@link #close} ends all of them.
 */
final class Deliveries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
    private static final long IDLE_S = 10;

    private final Sources sources;
    private final Supplier<CallbackRequest> requests;
    private final Pauses pauses;
    private final InstantSource clock;
    private final UnderWay underWay;
    private final CallbackMeasures measures;
    private final Runnable alarm;
    private final BodyRoom bodies = new BodyRoom();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ThreadPoolExecutor threads;

    /**
     * Makes no thread yet.
     *
     * @param requests gives what sends requests
     * @param alarm called when a delivery is over
     */
    Deliveries(
            Sources sources,
            Supplier<CallbackRequest> requests,
            Pauses pauses,
            InstantSource clock,
            UnderWay underWay,
            CallbackMeasures measures,
            Runnable alarm) {
        this.sources = sources;
        this.requests = requests;
        this.pauses = pauses;
        this.clock = clock;
        this.underWay = underWay;
        this.measures = measures;
        this.alarm = alarm;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                UnderWay.MOST, UnderWay.MOST, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "pawl-callback-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins a delivery that was admitted. */
    void begin(DueDelivery delivery) {
        threads.execute(() -> {
            try {
                deliver(delivery);
            } finally {
                underWay.ended(delivery.number());
                alarm.run();
            }
        });
    }

    private void deliver(DueDelivery delivery) {
        try {
            Optional<Outcome> outcome = attempt(delivery);
            if (outcome.isPresent()) {
                underWay.learn(delivery.host(), outcome.get().end() == End.DELIVERED);
                record(delivery, outcome.get());
            }
        } catch (CancellationException stopped) {
            LOG.debug("The delivery {} was ended with the server; it comes again.", delivery, stopped);
        } catch (ProblemException e) {
            if (!isClosed()) {
                LOG.debug("The delivery {} has to wait: {}", delivery, e.getMessage());
            }
            pause();
        } catch (RuntimeException | Error e) {
            LOG.error("The delivery {} cannot be made; this is a bug.", delivery, e);
            record(delivery, Outcome.failed(clock.instant(), Duration.ZERO, "Internal error: " + e + "."));
        }
    }

    /** One try; empty when there is nothing to tell any more. */
    private Optional<Outcome> attempt(DueDelivery delivery) {
        if (isClosed()) {
            return Optional.empty();
        }
        Job job = sources.jobs().find(delivery.job()).orElse(null);
        if (job == null) { // the delivery has gone with it
            return Optional.empty();
        }
        byte[] key;
        try {
            key = sources.keys().key(job.request());
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.SHUTTING_DOWN) {
                throw e;
            }
            return Optional.of(Outcome.failed(clock.instant(), Duration.ZERO, String.valueOf(e.getMessage())));
        }
        try (BodyRoom.Held body = bodies.make(() -> sources.documents().document(delivery.job()), this::isClosed)
                .orElse(null)) {
            return body == null
                    ? Optional.empty()
                    : Optional.of(requests.get().send(delivery, job.request(), key, body.body(), this::isClosed));
        }
    }

    /** Records a try, as soon as the store takes it. */
    private void record(DueDelivery delivery, Outcome outcome) {
        int tries = delivery.tries() + 1;
        Duration pause = outcome.end() == End.FAILED
                ? pauses.after(tries, outcome.wish()).orElse(null)
                : null;
        count(delivery, outcome, pause);
        DeliveryState state = outcome.end() == End.DELIVERED
                ? DeliveryState.DELIVERED
                : pause == null ? DeliveryState.FAILED : DeliveryState.WAITING;
        while (!isRecorded(delivery, outcome, state, pause)) {
            pause();
            if (isClosed()) {
                return; // it comes again at the next start
            }
        }
    }

    private boolean isRecorded(DueDelivery delivery, Outcome outcome, DeliveryState state, @Nullable Duration pause) {
        Instant next = pause == null ? null : clock.instant().plus(pause);
        try {
            Confirmation.await(sources.store().tried(delivery, outcome.made(), state, next), "A try of a delivery");
            return true;
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.SHUTTING_DOWN) {
                return true; // nothing can be recorded any more
            }
            LOG.warn("A try of delivery {} cannot be recorded at present: {}", delivery, e.getMessage());
            return false;
        }
    }

    private void count(DueDelivery delivery, Outcome outcome, @Nullable Duration pause) {
        if (outcome.end() == End.DELIVERED) {
            measures.delivered();
            return;
        }
        measures.failed(pause == null);
        if (pause == null) {
            LOG.warn(
                    "{} is not told any more that job {} is {}, after {} tries: {}",
                    delivery.host(),
                    delivery.job(),
                    delivery.event().wireName(),
                    delivery.tries() + 1,
                    outcome.made().error());
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause() {
        try {
            var unused = closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all deliveries; those that were not answered come again at the next start. */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Deliveries are still under way while their part stops; they come again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
