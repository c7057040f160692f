package dev.pawl.notification.message;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NotificationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to send messages on threads of its own, and records what that comes to. A try that the store cannot take keeps its thread and is offered to it every
 * second, so that a receiver is not told again and again while a disk is full. Safe for many threads; {@link #close} ends all of them.
 */
final class Attempts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
    private static final long IDLE_S = 10;

    private final NotificationStore store;
    private final UnaryOperator<NotificationRule> opened;
    private final Sender sender;
    private final Pauses pauses;
    private final InstantSource clock;
    private final UnderWay underWay;
    private final NotificationMeasures measures;
    private final Runnable alarm;
    private final Map<Long, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ThreadPoolExecutor threads;

    /** Makes no thread yet. */
    Attempts(
            NotificationStore store,
            UnaryOperator<NotificationRule> opened,
            Sender sender,
            Pauses pauses,
            InstantSource clock,
            UnderWay underWay,
            NotificationMeasures measures,
            Runnable alarm) {
        this.store = store;
        this.opened = opened;
        this.sender = sender;
        this.pauses = pauses;
        this.clock = clock;
        this.underWay = underWay;
        this.measures = measures;
        this.alarm = alarm;
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                UnderWay.MOST, UnderWay.MOST, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "pawl-notification-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins a try that was admitted. */
    void begin(DueNotification due) {
        threads.execute(() -> {
            try {
                attempt(due);
            } finally {
                underWay.ended(due.number());
                CompletableFuture<Void> waiting = awaited.remove(due.number());
                if (waiting != null) {
                    waiting.complete(null);
                }
                alarm.run();
            }
        });
    }

    /** Completes when the next try of a message is over. */
    CompletionStage<Void> tried(long number) {
        return awaited.computeIfAbsent(number, unknown -> new CompletableFuture<>());
    }

    private void attempt(DueNotification due) {
        Instant at = clock.instant();
        try {
            Optional<Notification> message =
                    isClosed() ? Optional.empty() : Confirmation.await(store.close(due, at), "A notification");
            Optional<KeptNotificationRule> rule = message.isEmpty() ? Optional.empty() : store.find(due.rule());
            if (message.isPresent() && rule.isPresent()) {
                Outcome outcome = send(rule.get().rule(), message.get(), at);
                underWay.learn(due.host(), outcome.end() == End.DELIVERED);
                record(due, message.get(), outcome);
            }
        } catch (CancellationException stopped) {
            LOG.debug("Notification {} was ended with the server; it comes again.", due.id(), stopped);
        } catch (ProblemException e) {
            if (!isClosed()) {
                LOG.debug("Notification {} has to wait: {}", due.id(), e.getMessage());
            }
            pause();
        }
    }

    private Outcome send(NotificationRule rule, Notification message, Instant at) {
        try {
            return sender.send(opened.apply(rule), message, this::isClosed);
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.SHUTTING_DOWN) {
                throw e;
            }
            return Outcome.failed(at, Duration.ZERO, String.valueOf(e.getMessage()));
        } catch (CancellationException stopped) {
            throw stopped;
        } catch (RuntimeException | LinkageError e) {
            LOG.error("Notification {} cannot be sent; this is a bug.", message.id(), e);
            return Outcome.failed(at, Duration.ZERO, "Internal error: " + e + ".");
        }
    }

    /** Records a try, as soon as the store takes it. */
    private void record(DueNotification due, Notification message, Outcome outcome) {
        boolean goesOn = outcome.end() == End.FAILED && message.event() != NotificationEvent.TEST;
        Duration pause = goesOn ? pauses.after(due.tries() + 1, outcome.wish()).orElse(null) : null;
        count(due, message, outcome, pause);
        DeliveryState state = outcome.end() == End.DELIVERED
                ? DeliveryState.DELIVERED
                : pause == null ? DeliveryState.FAILED : DeliveryState.WAITING;
        while (!isRecorded(due, outcome, state, pause)) {
            pause();
            if (isClosed()) {
                return; // it comes again at the next start
            }
        }
    }

    private boolean isRecorded(DueNotification due, Outcome outcome, DeliveryState state, @Nullable Duration pause) {
        Instant next = pause == null ? null : clock.instant().plus(pause);
        try {
            Confirmation.await(store.tried(due, outcome.made(), state, next), "A try of a notification");
            return true;
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.SHUTTING_DOWN) {
                return true; // nothing can be recorded any more
            }
            LOG.warn("A try of notification {} cannot be recorded at present: {}", due.id(), e.getMessage());
            return false;
        }
    }

    private void count(DueNotification due, Notification message, Outcome outcome, @Nullable Duration pause) {
        if (outcome.end() == End.DELIVERED) {
            measures.delivered();
            return;
        }
        measures.failed(pause == null);
        if (pause == null && message.event() != NotificationEvent.TEST) {
            LOG.warn(
                    "The notification {} does not reach its receiver, after {} tries: {}",
                    due.rule(),
                    due.tries() + 1,
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

    /** Ends all tries; messages whose tries were not answered come again at the next start. */
    @Override
    public void close() {
        closed.countDown();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("Notifications are still under way while their part stops; they come again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaited.values().forEach(waiting -> waiting.complete(null));
    }
}
