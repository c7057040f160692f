package dev.pawl.notification.message;

import dev.pawl.notification.delivery.Outcome;
import dev.pawl.notification.delivery.Outcome.End;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.Tries;
import dev.pawl.notification.delivery.TryMeasures;
import dev.pawl.notification.delivery.UnderWay;
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
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries to send messages, and settles when the next try of one is. Safe for many threads; {@link #close} ends all of them. */
final class Attempts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    private final NotificationStore store;
    private final UnaryOperator<NotificationRule> opened;
    private final Sender sender;
    private final Pauses pauses;
    private final InstantSource clock;
    private final UnderWay underWay;
    private final Tries tries;
    private final Runnable alarm;
    private final Map<Long, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    /** Makes no thread yet. */
    Attempts(
            NotificationStore store,
            UnaryOperator<NotificationRule> opened,
            Sender sender,
            Pauses pauses,
            InstantSource clock,
            UnderWay underWay,
            TryMeasures measures,
            Runnable alarm) {
        this.store = store;
        this.opened = opened;
        this.sender = sender;
        this.pauses = pauses;
        this.clock = clock;
        this.underWay = underWay;
        this.alarm = alarm;
        this.tries = new Tries("notification", clock, measures);
    }

    /** Begins a try that was admitted. */
    void begin(DueNotification due) {
        tries.begin(() -> {
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
                    tries.isClosed() ? Optional.empty() : Confirmation.await(store.close(due, at), "A notification");
            Optional<KeptNotificationRule> rule = message.isEmpty() ? Optional.empty() : store.find(due.rule());
            if (message.isPresent() && rule.isPresent()) {
                Outcome outcome = send(rule.get().rule(), message.get(), at);
                underWay.learn(due.host(), outcome.end() == End.DELIVERED);
                record(due, message.get(), outcome);
            }
        } catch (CancellationException stopped) {
            LOG.debug("Notification {} was ended with the server; it comes again.", due.id(), stopped);
        } catch (ProblemException e) {
            if (!tries.isClosed()) {
                LOG.debug("Notification {} has to wait: {}", due.id(), e.getMessage());
            }
            tries.pause();
        }
    }

    private Outcome send(NotificationRule rule, Notification message, Instant at) {
        try {
            return sender.send(opened.apply(rule), message, tries::isClosed);
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

    private void record(DueNotification due, Notification message, Outcome outcome) {
        boolean isTest = message.event() == NotificationEvent.TEST; // which is tried once
        Duration pause = outcome.end() == End.FAILED && !isTest
                ? pauses.after(due.tries() + 1, outcome.wish()).orElse(null)
                : null;
        if (pause == null && outcome.end() != End.DELIVERED && !isTest) {
            LOG.warn(
                    "The notification {} does not reach its receiver, after {} tries: {}",
                    due.rule(),
                    due.tries() + 1,
                    outcome.made().error());
        }
        tries.record(due.id(), outcome, pause, (state, next) -> store.tried(due, outcome.made(), state, next));
    }

    /** Ends all tries; messages whose tries were not answered come again at the next start. */
    @Override
    public void close() {
        tries.close();
        awaited.values().forEach(waiting -> waiting.complete(null));
    }
}
