package dev.pawl.base.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FutureFailureTest {

    private final IOException failure =
            new IOException("the disk is full", new IllegalStateException("a cause of its own"));

    @Test
    void aFailureIsFoundInWhatFuturesWrapAroundIt() {
        CompletableFuture<String> future = CompletableFuture.failedFuture(failure);
        AtomicReference<Throwable> told = new AtomicReference<>();
        var unused = future.thenApply(String::length)
                .thenApply(length -> length + 1)
                .whenComplete((done, problem) -> told.set(problem));
        assertInstanceOf(CompletionException.class, told.get());
        assertSame(failure, FutureFailure.cause(told.get()));
        assertSame(failure, FutureFailure.cause(assertThrows(ExecutionException.class, future::get)));
        assertSame(failure, FutureFailure.cause(new CompletionException(new ExecutionException(failure))));
    }

    @Test
    void aFailureThatIsNotWrappedStaysWithItsOwnCause() {
        assertSame(failure, FutureFailure.cause(failure));
    }

    @Test
    void aWrapperWithoutACauseIsTheFailure() {
        Throwable empty = new CompletionException("nothing inside", null);
        assertSame(empty, FutureFailure.cause(empty));
    }

    @Test
    void aStageThrowsUncheckedFailuresAsTheyAreAndWrapsOthersOnce() {
        IllegalStateException known = new IllegalStateException("closed");
        assertSame(known, FutureFailure.unchecked(new CompletionException(known)));
        RuntimeException wrapped = FutureFailure.unchecked(new ExecutionException(failure));
        assertInstanceOf(CompletionException.class, wrapped);
        assertEquals(failure, wrapped.getCause());
    }
}
