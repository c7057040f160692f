package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.notification.LateJobs;
import dev.pawl.store.kit.notification.RuleJson;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.engine.Readings;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.job.Work;
import dev.pawl.store.postgres.notification.LateJobRows;
import dev.pawl.store.postgres.notification.MessageRows;
import dev.pawl.store.postgres.notification.NewNotifications;
import dev.pawl.store.postgres.notification.RuleRows;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The notifications, in the database of a {@link PostgresStore}, whose changes add to them. Times in the tables are by the clock of the database; a
 * time that a caller names is as far from the present there as it is from that of the caller's clock.
 */
@Component(service = NotificationStore.class)
public final class PostgresNotifications implements NotificationStore {

    private final PostgresStore store;
    private final Readers readers;
    private final NewNotifications added;
    private final InstantSource clock;
    private final Readings readings;

    /**
     * Keeps notifications in the database of an open store.
     *
     * @param clock the clock of the callers
     */
    @Activate
    public PostgresNotifications(@Reference PostgresStore store, @Reference InstantSource clock) {
        this.store = store;
        this.readers = store.readers();
        this.added = store.notifications();
        this.clock = clock;
        this.readings = new Readings(store.clock(), clock);
    }

    @Override
    public void attach(@Nullable Consumer<Instant> listener) {
        added.attach(
                listener == null
                        ? null
                        : wait -> listener.accept(clock.instant().plus(wait)));
    }

    @Override
    public Optional<KeptNotificationRule> find(String name) {
        return readers.read(session -> RuleRows.find(session, name));
    }

    @Override
    public List<KeptNotificationRule> list(String after, int limit) {
        return readers.read(session -> RuleRows.list(session, after, limit));
    }

    @Override
    public boolean hasRules() {
        return readers.read(RuleRows::hasAny);
    }

    @Override
    public CompletionStage<Put> put(KeptNotificationRule rule, @Nullable AuditedChange change) {
        String definition = RuleJson.write(rule.rule());
        return store.apart(definition.length(), work -> {
            Session session = locked(work);
            boolean isDone = RuleRows.put(session, rule, definition, work.now());
            if (isDone) {
                changed(work, change);
                added.due(work.now()); // a look at the jobs that are late by its times
            }
            return new Put(isDone, RuleRows.find(session, rule.name()).orElse(null));
        });
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            boolean isDone = RuleRows.delete(locked(work), name);
            if (isDone) {
                changed(work, change);
            }
            return isDone;
        });
    }

    private static Session locked(Work work) throws SQLException {
        MessageRows.lock(work.statements());
        return work.statements();
    }

    private void changed(Work work, @Nullable AuditedChange change) throws SQLException {
        work.changed();
        work.audit().audited(true, change);
        RuleRows.changed(work.statements());
        added.changed();
    }

    @Override
    public CompletionStage<Optional<Notification>> addTest(String rule, Instant at, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            Session session = locked(work);
            work.changed();
            Optional<Notification> test = MessageRows.addTest(session, store.owner(), rule, work.now());
            if (test.isPresent()) {
                work.audit().audited(true, change);
                added.due(work.now());
            }
            return test;
        });
    }

    @Override
    public CompletionStage<Optional<Instant>> tellLate(Instant now) {
        added.watched(); // of what comes up from here on, the listener is told
        Instant at = readers.read(session -> readings.at(session, now));
        LateJobs.Found found = readers.read(session -> LateJobRows.find(session, at));
        Optional<Instant> next = found.next().map(time -> now.plus(Duration.between(at, time)));
        if (found.isNothing()) {
            return CompletableFuture.completedStage(next);
        }
        return store.apart(1, work -> {
            Session session = locked(work);
            work.changed();
            LateJobRows.tell(found, at, session, added);
            return next;
        });
    }

    @Override
    public List<DueNotification> due(Instant upTo, Set<String> busy, Set<Long> underWay, int limit) {
        return readers.read(
                session -> MessageRows.due(session, store.owner(), readings.at(session, upTo), busy, underWay, limit));
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return readers.read(session -> {
            Instant from = readings.at(session, after);
            return MessageRows.nextDue(session, from).map(next -> after.plus(Duration.between(from, next)));
        });
    }

    @Override
    public CompletionStage<Optional<Notification>> close(DueNotification due, Instant at) {
        return store.apart(1, work -> {
            Session session = locked(work);
            work.changed();
            return MessageRows.close(session, store.owner(), due, work.now());
        });
    }

    @Override
    public CompletionStage<Boolean> tried(
            DueNotification due, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt) {
        Instant now = clock.instant();
        return store.apart(DeliveryTry.MOST_OF_ANSWER, work -> {
            Session session = locked(work);
            work.changed();
            Instant at = work.now().plus(Duration.between(now, made.at()));
            Instant next = nextAt == null ? null : work.now().plus(Duration.between(now, nextAt));
            return MessageRows.tried(session, due, made, at, state, next);
        });
    }

    /** The clock of the database is not set back because that of a server is. */
    @Override
    public CompletionStage<Integer> hasten(Instant now) {
        if (store.clock().given() == null) {
            return CompletableFuture.completedStage(0);
        }
        return store.apart(1, work -> {
            Session session = locked(work);
            work.changed();
            return MessageRows.hasten(session, now);
        });
    }

    @Override
    public List<Notification> messages(String rule, long before, int limit) {
        return readers.read(session -> MessageRows.of(session, rule, before, limit));
    }
}
