package dev.pawl.service.job;

import dev.pawl.service.data.TextLimit;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param phase in which part of the task's life
 * @param taskIndex the task's place in the job, from 0
 * @param module the task's module
 * @param message the sentence people read, kept to {@link TextLimit#MESSAGE}
 * @param stack the stack trace, where an exception was the cause, kept to {@link TextLimit#STACK}
 * @param remedy what to do about it, where the runtime knows
 */
public record Failure(
        Phase phase,
        int taskIndex,
        String module,
        String message,
        @Nullable String stack,
        @Nullable String remedy) {

    public Failure {
        message = TextLimit.MESSAGE.kept(message);
        stack = TextLimit.STACK.keptOrNull(stack);
        remedy = TextLimit.MESSAGE.keptOrNull(remedy);
    }

    /** A failure that the runtime knows no remedy for. */
    public Failure(Phase phase, int taskIndex, String module, String message, @Nullable String stack) {
        this(phase, taskIndex, module, message, stack, null);
    }

    /** The same with a remedy. */
    public Failure with(String known) {
        return new Failure(phase, taskIndex, module, message, stack, known);
    }
}
