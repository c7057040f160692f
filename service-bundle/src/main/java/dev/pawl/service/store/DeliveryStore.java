package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.DeliveryState;
import dev.pawl.service.notification.DeliveryTry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the deliveries of callbacks. Each is added by the {@link JobStore}, in the transaction that brings its job to the event, due at once; a job's
 * event has one delivery at most. They go with their job. {@code DeliveryStoreContract} in testkit-base states as tests what every
 * implementation must do. Threads, futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface DeliveryStore {

    /** The number of latest tries of a delivery that are kept. */
    int MOST_TRIES = 30;

    /**
     * Has a listener called, soon after each commit of this process that adds deliveries or makes one due, and when those of another server that
     * shares the store are left behind; it neither blocks nor throws. Null for none: what this process has taken is left to other servers then.
     */
    void attach(@Nullable Runnable listener);

    /**
     * Takes deliveries that are due, in the order of their times, at most {@code limit}. No other server that shares the store gets one of them
     * while this one lives and listens; this one gets them again until they are tried.
     *
     * @param upTo the time up to which they are due
     * @param busy hosts whose deliveries are left out
     * @param underWay numbers of deliveries that are left out
     */
    CompletionStage<List<DueDelivery>> take(Instant upTo, Set<String> busy, Set<Long> underWay, int limit);

    /** The first time after the given one at which a delivery is due that no other server has taken. */
    Optional<Instant> nextDue(Instant after);

    /**
     * Records a try, and what its delivery comes to.
     *
     * @param nextAt the time of the next try, when it is waiting
     * @return false when the delivery is gone with its job, was requested again, or taken by another server meanwhile: then the try is recorded, and it stays due
     */
    CompletionStage<Boolean> tried(
            DueDelivery delivery, DeliveryTry made, DeliveryState state, @Nullable Instant nextAt);

    /**
     * Makes waiting deliveries due whose event or last try is later than a time: the clock was set back since, and they would wait for it.
     *
     * @return their number
     */
    CompletionStage<Integer> hasten(Instant now);

    /**
     * Makes a delivery due at a time, with all its tries again; the change's entry, if someone requested it, is in that transaction too.
     *
     * @return whether there is such a delivery
     */
    CompletionStage<Boolean> retry(UUID job, CallbackEvent event, Instant at, @Nullable AuditedChange change);

    /** The deliveries of a job, in the order of their events, with their latest tries. */
    List<Delivery> of(UUID job);

    /** The number of waiting deliveries, counted to {@code most}. */
    long waiting(long most);
}
