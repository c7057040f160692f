package dev.pawl.store.kit;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.UUID;

/** The calls of hooks that start jobs: their history, and why one is refused. */
public final class HookCalls {

    /** The calls of a hook after which old ones are removed, so that not each one removes some. */
    public static final int ROOM = 100;

    private HookCalls() {}

    /** The call for which a job was added, or found. */
    public static Delivery started(HookDelivery delivery, UUID job, boolean isNew) {
        DeliveryOutcome outcome = isNew ? DeliveryOutcome.STARTED : DeliveryOutcome.EXISTING;
        String detail = isNew ? "" : "Job " + job + " holds the unique key.";
        return Delivery.of(delivery.at(), delivery.deliveryId(), outcome, job, detail);
    }

    /** The refusal of a call whose hook is gone. */
    public static ProblemException unknown(HookDelivery delivery) {
        return new ProblemException(ProblemCode.UNKNOWN_HOOK, "The hook \"" + delivery.hook() + "\" has been removed.");
    }

    /** The refusal of a call whose id is remembered. */
    public static ProblemException known(HookDelivery delivery) {
        return new ProblemException(
                ProblemCode.DELIVERY_KNOWN,
                "The delivery \"" + delivery.deliveryId() + "\" has started a job already.");
    }

    /** The refusal of a hook whose source of callbacks another one has. */
    public static ProblemException sourceTaken(String source, String other) {
        return new ProblemException(
                ProblemCode.CALLBACK_SOURCE_TAKEN,
                "callback_source is \"" + source + "\", which hook \"" + other + "\" has.");
    }
}
