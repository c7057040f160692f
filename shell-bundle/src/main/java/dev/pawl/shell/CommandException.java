package dev.pawl.shell;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** A command could not do what it was asked; the message is the one line that the shell shows. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    private CommandException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the call returns; a problem becomes its detail and its remedy. */
    static <T> T unless(Supplier<T> call) throws CommandException {
        try {
            return call.get();
        } catch (ProblemException e) {
            throw new CommandException(e.getMessage() + " " + e.code().remedy(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e); // a value out of its range, named there
        }
    }

    /** What the call comes to, however long it takes; Ctrl-C ends the waiting, not the call. */
    static <T> T unlessLater(Supplier<CompletionStage<T>> call) throws CommandException, InterruptedException {
        CompletionStage<T> stage = unless(call);
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            Throwable cause = FutureFailure.cause(e);
            return unless(() -> {
                throw cause instanceof RuntimeException known
                        ? known
                        : new IllegalStateException("The call failed: " + cause, e);
            });
        }
    }

    /** The message alone: the shell prints what this returns. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
