package dev.pawl.api.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param phase in which part of the task's life
 * @param taskIndex the task's place in the job, from 0
 * @param module the task's module
 * @param message the sentence people read
 * @param stack the stack trace, where an exception was the cause; at most 16 KiB
 */
public record Failure(
        Phase phase,
        int taskIndex,
        String module,
        String message,
        @Nullable String stack) {}
