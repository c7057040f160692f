package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.delivery.DeliveryRows;
import dev.pawl.store.sqlite.delivery.NewDeliveries;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The deliveries of callbacks, in the file of the {@link SqliteStore}, which adds them with the moves of jobs. */
@Component(service = DeliveryStore.class)
public final class SqliteDeliveries implements DeliveryStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final NewDeliveries added;
    private final AuditChain audit;

    /** Keeps deliveries in the file of an open store. */
    @Activate
    public SqliteDeliveries(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.added = store.live().deliveries();
        this.audit = store.audit();
    }

    @Override
    public void attach(@Nullable Runnable listener) {
        added.attach(listener);
    }

    @Override
    public CompletionStage<List<DueDelivery>> take(Instant upTo, Set<String> busy, Set<Long> underWay, int limit) {
        return CompletableFuture.completedStage(
                readers.read(session -> DeliveryRows.due(session, upTo, busy, underWay, limit)));
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return readers.readShort(session -> DeliveryRows.nextDue(session, after));
    }

    @Override
    public CompletionStage<Boolean> tried(
            DueDelivery delivery, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt) {
        return writer.submit(
                DeliveryTry.MOST_OF_ANSWER, session -> DeliveryRows.tried(session, delivery, made, state, nextAt));
    }

    @Override
    public CompletionStage<Integer> hasten(Instant now) {
        return writer.submit(1, session -> DeliveryRows.hasten(session, now));
    }

    @Override
    public CompletionStage<Boolean> retry(UUID job, CallbackEvent event, Instant at, @Nullable AuditedChange change) {
        return writer.submit(1, session -> {
            boolean found = DeliveryRows.retry(session, job, event, at);
            if (found) {
                added.due();
                if (change != null) {
                    audit.add(change.done(Delivery.id(job, event)));
                }
            }
            return found;
        });
    }

    @Override
    public List<Delivery> of(UUID job) {
        return readers.read(session -> DeliveryRows.of(session, job));
    }

    @Override
    public long waiting(long most) {
        return readers.readShort(session -> DeliveryRows.waiting(session, most));
    }
}
