package dev.pawl.service.job;

import dev.pawl.service.data.TextLimit;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a job's failure.
 *
 * @param phase the phase of the task in which it failed
 * @param taskIndex the task's place in the job, from 0
 * @param module the task's module
 * @param message a sentence for people, cut to {@link TextLimit#MESSAGE}
 * @param stack the stack trace, when an exception was the cause, cut to {@link TextLimit#STACK}
 * @param remedy what to do about it, when the runtime knows
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

    /** A failure without a known remedy. */
    public Failure(Phase phase, int taskIndex, String module, String message, @Nullable String stack) {
        this(phase, taskIndex, module, message, stack, null);
    }

    /** A copy with a remedy. */
    public Failure with(String known) {
        return new Failure(phase, taskIndex, module, message, stack, known);
    }
}
