package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.notification.Notification;
import dev.pawl.service.store.DueNotification;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.store.kit.notification.LateJobs;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.notification.LateJobRows;
import dev.pawl.store.sqlite.notification.MessageRows;
import dev.pawl.store.sqlite.notification.NewNotifications;
import dev.pawl.store.sqlite.notification.RuleRows;
import dev.pawl.store.sqlite.notification.TestMessage;
import java.time.Instant;
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

/** The notifications, in the file of the {@link SqliteStore}, whose writes add to them. */
@Component(service = NotificationStore.class)
public final class SqliteNotifications implements NotificationStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final NewNotifications added;
    private final AuditChain audit;

    /** Keeps notifications in the file of an open store. */
    @Activate
    public SqliteNotifications(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.added = store.live().notifications();
        this.audit = store.audit();
    }

    @Override
    public void attach(@Nullable Consumer<Instant> listener) {
        added.attach(listener);
    }

    @Override
    public Optional<KeptNotificationRule> find(String name) {
        return readers.readShort(session -> RuleRows.find(session, name));
    }

    @Override
    public List<KeptNotificationRule> list(String after, int limit) {
        return readers.read(session -> RuleRows.list(session, after, limit));
    }

    @Override
    public boolean hasRules() {
        return readers.readShort(RuleRows::hasAny);
    }

    @Override
    public CompletionStage<Put> put(KeptNotificationRule rule, @Nullable AuditedChange change) {
        String definition = RuleRows.definition(rule);
        return writer.submit(definition.length(), session -> {
            boolean isDone = audited(RuleRows.put(session, rule, definition), change);
            if (isDone) {
                added.changed();
                added.due(rule.changedAt()); // a look at the jobs that are late by its times
            }
            return new Put(isDone, RuleRows.find(session, rule.name()).orElse(null));
        });
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return writer.submit(1, session -> {
            boolean isDone = audited(RuleRows.delete(session, name), change);
            added.changed();
            return isDone;
        });
    }

    /** Adds the entry of a change that was made. */
    private boolean audited(boolean made, @Nullable AuditedChange change) {
        if (made && change != null) {
            audit.add(change.entry(AuditOutcome.DONE, ""));
        }
        return made;
    }

    @Override
    public CompletionStage<Optional<Notification>> addTest(String rule, Instant at, @Nullable AuditedChange change) {
        return writer.submit(1, session -> {
            Optional<Notification> test = TestMessage.add(session, rule, at);
            if (audited(test.isPresent(), change)) {
                added.due(at);
            }
            return test;
        });
    }

    @Override
    public CompletionStage<Optional<Instant>> tellLate(Instant now) {
        added.watched(); // of what comes up from here on, the listener is told
        LateJobs.Found found = readers.read(session -> LateJobRows.find(session, now));
        if (found.isNothing()) {
            return CompletableFuture.completedStage(found.next());
        }
        return writer.submit(1, session -> {
            LateJobRows.tell(session, found, now, added);
            return found.next();
        });
    }

    @Override
    public List<DueNotification> due(Instant upTo, Set<String> busy, Set<Long> underWay, int limit) {
        return readers.read(session -> MessageRows.due(session, upTo, busy, underWay, limit));
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return readers.readShort(session -> MessageRows.nextDue(session, after));
    }

    @Override
    public CompletionStage<Optional<Notification>> close(DueNotification due, Instant at) {
        return writer.submit(1, session -> MessageRows.close(session, due, at));
    }

    @Override
    public CompletionStage<Boolean> tried(
            DueNotification due, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt) {
        return writer.submit(
                DeliveryTry.MOST_OF_ANSWER, session -> MessageRows.tried(session, due, made, state, nextAt));
    }

    @Override
    public CompletionStage<Integer> hasten(Instant now) {
        return writer.submit(1, session -> MessageRows.hasten(session, now));
    }

    @Override
    public List<Notification> messages(String rule, long before, int limit) {
        return readers.read(session -> MessageRows.of(session, rule, before, limit));
    }
}
