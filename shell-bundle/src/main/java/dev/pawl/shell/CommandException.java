package dev.pawl.shell;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Thrown when a command failed; the message is the only line that the shell shows. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    private CommandException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns the result of a call; a problem becomes an exception with its detail and its remedy. */
    static <T> T unless(Supplier<T> call) throws CommandException {
        try {
            return call.get();
        } catch (ProblemException e) {
            throw new CommandException(e.getMessage() + " " + e.code().remedy(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    String.valueOf(e.getMessage()), e); // a value outside its range, which the message names
        }
    }

    /** Returns the result of an asynchronous call, however long it takes; Ctrl-C ends the waiting, not the call. */
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

    /** The message alone, since the shell prints the result of this method. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
