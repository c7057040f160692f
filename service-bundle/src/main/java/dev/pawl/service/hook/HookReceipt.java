package dev.pawl.service.hook;

import dev.pawl.service.job.JobStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call of a hook.
 *
 * @param outcome what came of it
 * @param job the job that was added, or that was there before; null when there is none
 * @param status the status of the job; null when there is none, or it was removed
 * @param detail why there is no job; often empty
 */
public record HookReceipt(
        DeliveryOutcome outcome,
        @Nullable UUID job,
        @Nullable JobStatus status,
        String detail) {

    /** Whether the job was there before. */
    public boolean isExisting() {
        return outcome == DeliveryOutcome.DUPLICATE || outcome == DeliveryOutcome.EXISTING;
    }
}
