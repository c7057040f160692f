package dev.pawl.service.inbox;

import org.jspecify.annotations.Nullable;

/**
 * A page of received callbacks, the latest first.
 *
 * @param source only those of this source; null for all
 * @param callbackId only those with this name; null for all
 * @param before only those with a number before this; {@link Long#MAX_VALUE} from the latest
 * @param limit the greatest number, 1 to {@link CallbackInbox#MOST_ON_PAGE}
 */
public record CallbackFilter(
        @Nullable String source, @Nullable String callbackId, long before, int limit) {}
