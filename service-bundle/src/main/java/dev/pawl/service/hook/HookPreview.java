package dev.pawl.service.hook;

import dev.pawl.service.job.JobRequest;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that a call would have.
 *
 * @param outcome the outcome
 * @param deliveryId the id of the delivery; null when it has none
 * @param job the request for the job, without secrets; null when there would be none
 * @param detail why there would be none; often empty
 */
public record HookPreview(
        DeliveryOutcome outcome,
        @Nullable String deliveryId,
        @Nullable JobRequest job,
        String detail) {}
