package dev.pawl.service.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document in a list.
 *
 * @param module the id of its module
 * @param name its name
 * @param size its length in bytes of UTF-8
 * @param changedAt the time at which it was stored or replaced; null when an older release did that
 */
public record DocumentEntry(
        String module, String name, long size, @Nullable Instant changedAt) {}
