package dev.pawl.hook;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.DeliveryOutcome;
import dev.pawl.service.hook.HookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls with a wrong proof in the histories of hooks: of each hook one a second at most, since anybody can make them. The next one says how
 * many were left out. Safe for many threads.
 */
final class WrongCalls {

    private static final Duration APART = Duration.ofSeconds(1);

    private final Deliveries deliveries;
    private final Map<String, Recent> recent = new ConcurrentHashMap<>();

    /**
     * The last one of a hook that was recorded.
     *
     * @param at when it came
     * @param leftOut the number of those since then
     * @param isRecorded whether this one is to be recorded
     */
    private record Recent(Instant at, long leftOut, boolean isRecorded) {}

    WrongCalls(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Records a wrong call of a hook that exists. */
    void add(HookRequest hook, String why, Instant now) {
        Recent[] before = new Recent[1];
        Recent added = recent.compute(hook.name(), (name, known) -> {
            before[0] = known;
            boolean isNext =
                    known == null || Duration.between(known.at(), now).abs().compareTo(APART) >= 0;
            return isNext || known == null
                    ? new Recent(now, 0, true)
                    : new Recent(known.at(), known.leftOut() + 1, false);
        });
        if (added.isRecorded()) {
            long leftOut = before[0] == null ? 0 : before[0].leftOut();
            deliveries.record(
                    hook, Delivery.of(now, null, DeliveryOutcome.REFUSED, null, why + from() + more(leftOut)));
        }
    }

    private static String from() {
        AuditedChange call = AuditedChange.current();
        String remote = call == null ? null : call.actor().remote();
        return remote == null ? "" : " It came from " + remote + ".";
    }

    private static String more(long leftOut) {
        return leftOut == 0 ? "" : " " + leftOut + " more were refused since the one before.";
    }
}
