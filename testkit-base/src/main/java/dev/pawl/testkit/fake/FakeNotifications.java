package dev.pawl.testkit.fake;

import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.notification.NotificationEntry;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.notification.Notifications;
import dev.pawl.service.notification.Occurrence;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Notifications in memory, which are never sent; each of them has one message that failed. */
public final class FakeNotifications implements Notifications {

    private static final UUID ID = UUID.fromString("72d3162e-cc78-11e3-81ab-4c9367dc0958");
    private static final long NUMBER = 7;

    private final ConcurrentSkipListMap<String, NotificationRule> rules = new ConcurrentSkipListMap<>();

    /** Forgets all of them. */
    public void forget() {
        rules.clear();
    }

    /** A rule as it was put, its secrets included. */
    public NotificationRule rule(String name) {
        NotificationRule rule = rules.get(name);
        if (rule == null) {
            throw new ProblemException(ProblemCode.UNKNOWN_NOTIFICATION, "There is no notification \"" + name + "\".");
        }
        return rule;
    }

    @Override
    public List<NotificationEntry> list(@Nullable String after, int limit) {
        return (after == null ? rules : rules.tailMap(after, false))
                .values().stream().limit(limit).map(FakeNotifications::entry).toList();
    }

    @Override
    public NotificationEntry get(String name) {
        return entry(rule(name));
    }

    private static NotificationEntry entry(NotificationRule rule) {
        NotificationTarget target = rule.target();
        NotificationTarget masked =
                target.with(target.url() == null ? null : MASK, target.secret() == null ? null : MASK);
        return new NotificationEntry(
                rule.with(masked),
                target.url() == null ? "" : "example.com:443",
                Jobs.CREATED,
                message(NotificationEvent.FAILED));
    }

    private static Notification message(NotificationEvent event) {
        return new Notification(
                NUMBER,
                ID,
                event,
                DeliveryState.WAITING,
                Jobs.CREATED,
                Jobs.CREATED,
                3,
                Jobs.CREATED,
                Jobs.CREATED,
                List.of(
                        new Occurrence(FakeHooks.JOB, null, "Nightly", List.of("hello"), Jobs.CREATED, "It broke.", 2),
                        new Occurrence(null, "nightly", "Nightly", List.of("hello"), Jobs.CREATED, "", 1)),
                List.of(new DeliveryTry(
                        Jobs.CREATED, Duration.ofMillis(12), 503, "The receiver answers 503.", "busy")));
    }

    @Override
    public CompletionStage<NotificationEntry> put(NotificationRule rule) {
        rules.put(rule.name(), rule);
        return CompletableFuture.completedStage(entry(rule));
    }

    @Override
    public CompletionStage<Void> remove(String name) {
        rule(name);
        rules.remove(name);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Notification> test(String name) {
        rule(name);
        return CompletableFuture.completedStage(message(NotificationEvent.TEST));
    }

    @Override
    public List<Notification> deliveries(String name, long before, int limit) {
        rule(name);
        return Stream.of(message(NotificationEvent.FAILED))
                .filter(message -> message.n() < before)
                .limit(limit)
                .toList();
    }
}
