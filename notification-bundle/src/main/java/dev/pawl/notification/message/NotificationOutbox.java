package dev.pawl.notification.message;

import dev.pawl.notification.delivery.CallbackRules;
import dev.pawl.notification.delivery.Pauses;
import dev.pawl.notification.delivery.Receivers;
import dev.pawl.notification.delivery.TryMeasures;
import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.web.HostLookup;
import dev.pawl.web.ProxyUrls;
import dev.pawl.web.TrustedCertificates;
import dev.pawl.web.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Assembly of the delivery of notifications, without a framework. Its client comes with the first message. */
public final class NotificationOutbox implements AutoCloseable {

    private static final TryMeasures.Texts TEXTS = new TryMeasures.Texts(
            "notification",
            "Tries to send a notification, by outcome.",
            "Notifications that no receiver got in all tries, or that it refused.",
            "Notifications that have no answer yet.");

    private final UnderWay underWay = new UnderWay();
    private final TryMeasures measures = new TryMeasures(TEXTS, underWay::size);
    private final NotificationStore store;
    private final Attempts attempts;
    private final LateLooks late;
    private final InstantSource clock;
    private final Client client;

    private @Nullable WebClient made; // guarded by this
    private @Nullable Instant last; // used by the timer's thread alone

    /**
     * The ways to receivers.
     *
     * @param rules the addresses that may be called
     * @param lookup looks up hosts
     * @param trust the certificate authorities that are trusted
     * @param timeout the longest time of a request with its answer
     * @param mails sends mails
     * @param publicUrl the server's address for people; null when it is not known
     */
    public record Client(
            CallbackRules rules,
            HostLookup lookup,
            TrustedCertificates trust,
            Duration timeout,
            Mails mails,
            @Nullable String publicUrl) {}

    /**
     * Begins nothing yet.
     *
     * @param opened opens the secrets of a rule
     * @param alarm called when there may be something to look for
     */
    public NotificationOutbox(
            NotificationStore store,
            UnaryOperator<NotificationRule> opened,
            Client client,
            InstantSource clock,
            DoubleSupplier random,
            Runnable alarm) {
        this.store = store;
        this.client = client;
        this.clock = clock;
        Sender sender = new Sender(this::receivers, client.mails(), clock, client.publicUrl());
        attempts =
                new Attempts(store, opened, sender, Pauses.ofNotifications(random), clock, underWay, measures, alarm);
        late = new LateLooks(store, clock);
    }

    /** Begins what is due, and looks for late jobs; returns the time of the next look. */
    public Optional<Instant> look(Instant now) {
        Instant before = last;
        if (before == null || now.isBefore(before)) { // the clock was set back, perhaps while no server ran
            Confirmation.await(store.hasten(now), "That notifications do not wait for the clock");
        }
        last = now;
        Optional<Instant> nextLate = late.look(now);
        boolean isAnyBegun = true;
        while (isAnyBegun && underWay.room() > 0) {
            isAnyBegun = begin(store.due(now, underWay.busy(), underWay.numbers(), underWay.room()));
        }
        Optional<Instant> nextDue = store.nextDue(now);
        return nextDue.isPresent() && nextLate.isPresent() && nextLate.get().isBefore(nextDue.get())
                ? nextLate
                : nextDue.or(() -> nextLate);
    }

    private boolean begin(List<DueNotification> due) {
        boolean any = false;
        for (DueNotification message : due) {
            if (underWay.admit(message.number(), message.host())) {
                attempts.begin(message);
                any = true;
            }
        }
        return any;
    }

    /** Notes that a job may be late at a time. */
    public void lateAt(Instant time) {
        late.at(time);
    }

    /** Completes when the next try of a message is over. */
    public CompletionStage<Void> tried(long number) {
        return attempts.tried(number);
    }

    /** The number of messages that are under way. */
    int underWay() {
        return underWay.size();
    }

    /** The counts of its tries. */
    public MetricSource measures() {
        return measures;
    }

    private synchronized Receivers receivers() {
        WebClient ready = made;
        if (ready == null) {
            ready = new WebClient(
                    client.rules().hosts(),
                    client.lookup(),
                    new ProxyUrls("", ""),
                    client.trust(),
                    "pawl-notification-watch");
            made = ready;
        }
        return new Receivers(client.rules(), ready, clock, client.timeout(), Receivers.Kind.NOTIFICATION);
    }

    /** Ends all tries; messages whose tries were not answered are sent again by the next outbox. */
    @Override
    public void close() {
        attempts.close();
        WebClient gone;
        synchronized (this) {
            gone = made;
        }
        if (gone != null) {
            gone.close();
        }
    }
}
