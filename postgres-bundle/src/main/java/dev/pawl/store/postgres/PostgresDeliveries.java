package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import dev.pawl.store.postgres.delivery.DeliveryRows;
import dev.pawl.store.postgres.delivery.NewDeliveries;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.engine.Readings;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The deliveries of callbacks, in the database of a {@link PostgresStore}, which adds them with the moves of jobs. Times in the tables are by the clock
 * of the database; a time that a caller names is as far from the present there as it is from that of the caller's clock.
 */
@Component(service = DeliveryStore.class)
public final class PostgresDeliveries implements DeliveryStore {

    private final PostgresStore store;
    private final Readers readers;
    private final NewDeliveries added;
    private final InstantSource clock;
    private final Readings readings;

    /**
     * Keeps deliveries in the database of an open store.
     *
     * @param clock the clock of the callers
     */
    @Activate
    public PostgresDeliveries(@Reference PostgresStore store, @Reference InstantSource clock) {
        this.store = store;
        this.readers = store.readers();
        this.added = store.deliveries();
        this.clock = clock;
        this.readings = new Readings(store.clock(), clock);
    }

    @Override
    public void attach(@Nullable Runnable listener) {
        added.listener().attach(listener);
        if (listener == null) {
            var unused = store.apart(1, work -> {
                work.changed();
                DeliveryRows.release(work.statements(), store.owner());
                return true;
            });
        }
    }

    private Instant inStore(Session session, Instant reading) throws SQLException {
        return readings.at(session, reading);
    }

    /** Reads first, so that a look that finds nothing new writes nothing. */
    @Override
    public CompletionStage<List<DueDelivery>> take(Instant upTo, Set<String> busy, Set<Long> underWay, int limit) {
        if (!store.isLeaseHeld()) {
            return CompletableFuture.completedStage(List.of());
        }
        Map<DueDelivery, Boolean> due = readers.read(
                session -> DeliveryRows.due(session, store.owner(), inStore(session, upTo), busy, underWay, limit));
        List<DueDelivery> found = List.copyOf(due.keySet());
        return due.containsValue(false)
                ? store.apart(found.size(), work -> {
                    work.changed();
                    return DeliveryRows.take(work.statements(), store.owner(), work.now(), found);
                })
                : CompletableFuture.completedStage(found);
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return readers.read(session -> {
            Instant from = inStore(session, after);
            return DeliveryRows.nextDue(session, store.owner(), from)
                    .map(next -> after.plus(Duration.between(from, next)));
        });
    }

    @Override
    public CompletionStage<Boolean> tried(
            DueDelivery delivery, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt) {
        Instant called = clock.instant();
        return store.apart(DeliveryTry.MOST_OF_ANSWER, work -> {
            Instant now = work.now();
            Instant at = now.plus(Duration.between(called, made.at()));
            Instant next = nextAt == null ? null : now.plus(Duration.between(called, nextAt));
            work.changed();
            return DeliveryRows.tried(
                    work.statements(),
                    store.owner(),
                    now,
                    delivery,
                    new DeliveryTry(at, made.took(), made.status(), made.error(), made.answer()),
                    state,
                    next);
        });
    }

    @Override
    public CompletionStage<Integer> hasten(Instant now) {
        return store.apart(1, work -> {
            work.changed();
            return DeliveryRows.hasten(work.statements(), inStore(work.statements(), now));
        });
    }

    @Override
    public CompletionStage<Boolean> retry(UUID job, CallbackEvent event, Instant at, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            work.changed();
            Long taker = added.listener().isAttached() ? store.owner() : null;
            boolean found = DeliveryRows.retry(work.statements(), job, event, work.now(), taker);
            if (found) {
                added.listener().due();
            }
            return work.audit().audited(found, change, Delivery.id(job, event));
        });
    }

    @Override
    public List<Delivery> of(UUID job) {
        return readers.read(session -> DeliveryRows.of(session, job));
    }

    @Override
    public long waiting(long most) {
        return readers.read(session -> DeliveryRows.waiting(session, most));
    }
}
