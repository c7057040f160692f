package dev.pawl.service.job;

import dev.pawl.service.inbox.ReceivedCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a hook for which a job is to be added. The store records it in the transaction that adds the job, unless a call with the same id has
 * started one: then it changes nothing and refuses the job with {@code DELIVERY_KNOWN}.
 *
 * @param hook the name of the hook
 * @param deliveryId the id that its sender gave it, 1 to 200 characters; null for none
 * @param at when it came
 * @param heldFor the time for which the id is remembered
 * @param inputs for each task the inputs that it brings, which are values and nothing else; empty when it brings none
 * @param callback the received callback that is the call, which is kept in the same transaction; null for a call of its own
 */
public record HookDelivery(
        String hook,
        @Nullable String deliveryId,
        Instant at,
        Duration heldFor,
        List<Map<String, Object>> inputs,
        @Nullable ReceivedCallback callback) {

    public HookDelivery {
        inputs = List.copyOf(inputs);
    }

    @Override
    public String toString() {
        return "HookDelivery[" + hook + ", " + deliveryId + "]"; // no inputs: they may be secret
    }
}
