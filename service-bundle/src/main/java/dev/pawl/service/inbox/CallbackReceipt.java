package dev.pawl.service.inbox;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The receipt for a callback, which is on disk.
 *
 * @param id its id
 * @param job the job that a hook started for it, in the same transaction; null when none did
 */
public record CallbackReceipt(UUID id, @Nullable UUID job) {}
