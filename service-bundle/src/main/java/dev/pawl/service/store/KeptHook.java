package dev.pawl.service.store;

import dev.pawl.service.hook.Delivery;
import dev.pawl.service.hook.HookRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hook as it is kept.
 *
 * @param request the request; its secrets and those of its job are sealed
 * @param revision the number of its changes so far; 0 for one that is not kept yet
 * @param changedAt the time of the last change by someone
 * @param last its last call; null when there was none
 */
public record KeptHook(
        HookRequest request,
        long revision,
        Instant changedAt,
        @Nullable Delivery last) {

    /** The name. */
    public String name() {
        return request.name();
    }
}
