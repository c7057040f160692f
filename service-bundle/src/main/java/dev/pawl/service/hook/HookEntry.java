package dev.pawl.service.hook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hook in its current state.
 *
 * @param request the request, without secrets
 * @param changedAt the time of the last change by someone
 * @param last its last call; null when there was none
 */
public record HookEntry(
        HookRequest request, Instant changedAt, @Nullable Delivery last) {}
