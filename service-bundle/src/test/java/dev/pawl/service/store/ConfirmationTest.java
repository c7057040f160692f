package dev.pawl.service.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void whatIsOnDiskIsReturnedAndWhatIsRefusedIsThrown() {
        assertEquals(1, Confirmation.await(CompletableFuture.completedFuture(1), "It"));
        IllegalStateException refused = new IllegalStateException("no");
        assertSame(
                refused,
                assertThrows(
                        IllegalStateException.class,
                        () -> Confirmation.await(CompletableFuture.failedFuture(refused), "It")));
    }

    @Test
    void whatIsNeitherInTimeIsUnconfirmedAndMayStillBeMade() {
        CompletableFuture<Integer> change = new CompletableFuture<>();
        ProblemException late =
                assertThrows(ProblemException.class, () -> Confirmation.await(change, "The record", SHORT));
        assertEquals(ProblemCode.STORE_UNCONFIRMED, late.code());
        assertTrue(late.getMessage().startsWith("The record is not confirmed"), late.getMessage());
        CompletableFuture<Integer> waiting =
                Confirmation.within(change, "The record", SHORT).toCompletableFuture();
        Throwable cause = assertThrows(CompletionException.class, waiting::join).getCause();
        assertEquals(
                ProblemCode.STORE_UNCONFIRMED,
                assertInstanceOf(ProblemException.class, cause).code());
        assertFalse(change.isDone(), "the timeout of a waiting caller does not affect the change");
    }

    @Test
    void aRefusalComesThroughAsItIs() {
        IllegalStateException refused = new IllegalStateException("no");
        CompletableFuture<Integer> waiting = Confirmation.within(CompletableFuture.<Integer>failedFuture(refused), "It")
                .toCompletableFuture();
        assertSame(
                refused, assertThrows(CompletionException.class, waiting::join).getCause());
    }

    @Test
    void anInterruptedThreadWaitsAllTheSameAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertEquals(1, Confirmation.await(CompletableFuture.supplyAsync(() -> 1), "It"));
        assertTrue(Thread.interrupted());
    }
}
