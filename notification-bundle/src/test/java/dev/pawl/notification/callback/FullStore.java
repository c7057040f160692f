package dev.pawl.notification.callback;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store that refuses to record the first tries, as one on a full disk does. */
final class FullStore {

    private final AtomicInteger refusals;
    private final AtomicInteger offers = new AtomicInteger();

    FullStore(int refusals) {
        this.refusals = new AtomicInteger(refusals);
    }

    /** The number of times a try was offered. */
    int offers() {
        return offers.get();
    }

    DeliveryStore over(DeliveryStore sound) {
        return new DeliveryStore() {
            @Override
            public CompletionStage<Boolean> tried(
                    DueDelivery delivery, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt) {
                offers.incrementAndGet();
                return refusals.getAndDecrement() > 0
                        ? CompletableFuture.failedFuture(
                                new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The disk is full."))
                        : sound.tried(delivery, made, state, nextAt);
            }

            @Override
            public void attach(@Nullable Runnable listener) {
                sound.attach(listener);
            }

            @Override
            public CompletionStage<List<DueDelivery>> take(
                    Instant upTo, Set<String> busy, Set<Long> underWay, int limit) {
                return sound.take(upTo, busy, underWay, limit);
            }

            @Override
            public Optional<Instant> nextDue(Instant after) {
                return sound.nextDue(after);
            }

            @Override
            public CompletionStage<Integer> hasten(Instant now) {
                return sound.hasten(now);
            }

            @Override
            public CompletionStage<Boolean> retry(
                    UUID job, CallbackEvent event, Instant at, @Nullable AuditedChange change) {
                return sound.retry(job, event, at, change);
            }

            @Override
            public List<Delivery> of(UUID job) {
                return sound.of(job);
            }

            @Override
            public long waiting(long most) {
                return sound.waiting(most);
            }
        };
    }
}
