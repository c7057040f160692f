package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Workers of any name can be disabled, up to a limit that protects the store. */
class DisablesWorkersTest {

    private static final int MOST = 10_000;

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    private CompletableFuture<Void> disable(String worker, boolean disabled) {
        return running.workers.disable(worker, disabled).toCompletableFuture();
    }

    private ProblemCode refusal(String worker) {
        RuntimeException refused =
                assertThrows(RuntimeException.class, () -> disable(worker, true).join());
        Throwable cause = refused instanceof CompletionException ? refused.getCause() : refused;
        return assertInstanceOf(ProblemException.class, cause).code();
    }

    @Test
    void noMoreThanTenThousandWorkersAreDisabled() {
        CompletableFuture.allOf(IntStream.range(0, MOST)
                        .mapToObj(n -> disable("w" + n, true))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        assertEquals(ProblemCode.TOO_MANY_DISABLED, refusal("one-more"));
        assertFalse(running.workers.isDisabled("one-more"));
        disable("w7", true).join(); // already disabled
        disable("w7", false).join();
        disable("one-more", true).join();
        running.restart();
        assertTrue(running.workers.isDisabled("one-more"));
        assertEquals(ProblemCode.TOO_MANY_DISABLED, refusal("yet-another"));
    }

    @Test
    void theNameOfADisabledWorkerIsBounded() {
        disable("w".repeat(200), true).join();
        assertEquals(ProblemCode.MALFORMED, refusal("w".repeat(201)));
    }
}
