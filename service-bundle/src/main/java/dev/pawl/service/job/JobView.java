package dev.pawl.service.job;

import org.jspecify.annotations.Nullable;

/**
 * A job as adapters show it.
 *
 * @param job the job; secret inputs and settings are masked as {@code "********"}
 * @param reason the reason why it is not running; null unless it is pending
 */
public record JobView(Job job, @Nullable Reason reason) {}
