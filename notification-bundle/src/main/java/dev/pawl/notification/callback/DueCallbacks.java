package dev.pawl.notification.callback;

import dev.pawl.notification.delivery.UnderWay;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.DueDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Begins the deliveries that are due, as far as there is room for them. Used by the timer's thread alone. */
final class DueCallbacks {

    private final DeliveryStore store;
    private final UnderWay underWay;
    private final Consumer<DueDelivery> begin;

    /** The time of the last look; null before the first. */
    private @Nullable Instant last;

    /** @param begin begins a delivery on another thread, and removes it from those under way when it is over */
    DueCallbacks(DeliveryStore store, UnderWay underWay, Consumer<DueDelivery> begin) {
        this.store = store;
        this.underWay = underWay;
        this.begin = begin;
    }

    /** Looks what is due; returns the time of the next delivery after that. Those for which there is no room are looked for when one has ended. */
    Optional<Instant> look(Instant now) {
        Instant before = last;
        if (before == null || now.isBefore(before)) { // the clock was set back, perhaps while no server ran
            Confirmation.await(store.hasten(now), "That deliveries do not wait for the clock");
        }
        last = now;
        boolean isAnyBegun = true;
        while (isAnyBegun && underWay.room() > 0) {
            isAnyBegun = begin(Confirmation.await(
                    store.take(now, underWay.busy(), underWay.numbers(), underWay.room()),
                    "The choice of callbacks that are due"));
        }
        return store.nextDue(now);
    }

    private boolean begin(List<DueDelivery> due) {
        boolean any = false;
        for (DueDelivery delivery : due) {
            if (underWay.admit(delivery.number(), delivery.host())) {
                begin.accept(delivery);
                any = true;
            }
        }
        return any;
    }
}
