package dev.pawl.base.future;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Failures of futures, without the exceptions that futures wrap around them. */
public final class FutureFailure {

    private FutureFailure() {}

    /** The failure itself: the first cause that is no {@link CompletionException} or {@link ExecutionException} of a future. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (isWrapper(cause)) {
            Throwable inner = cause.getCause();
            if (inner == null) {
                return cause;
            }
            cause = inner;
        }
        return cause;
    }

    /** The failure as a stage's function may throw it: unchecked as it is, any other in a {@link CompletionException}. */
    public static RuntimeException unchecked(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }
}
