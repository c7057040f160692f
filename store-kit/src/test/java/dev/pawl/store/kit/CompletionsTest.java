package dev.pawl.store.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CompletionsTest {

    private final Completions completions = new Completions();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws InterruptedException {
        completions.close(10_000);
    }

    /** A write whose caller does something when it is told. */
    private record Write(Runnable caller) implements QueuedWrite {

        @Override
        public long size() {
            return 1;
        }

        @Override
        public boolean waitsFor(Duration limit, long nowNs) {
            return false;
        }

        @Override
        public void complete() {
            caller.run();
        }
    }

    private void tell(String first, boolean isFree, Runnable caller) {
        completions.begun();
        completions.tell(() -> told.add(first), List.of(new Write(caller)), isFree);
    }

    private void awaitAll() {
        completions.settled().toCompletableFuture().join();
    }

    @Test
    void whatComesFirstIsToldOnAFreeThreadBeforeTheWritesComplete() {
        tell("first", true, () -> told.add("completed"));
        assertEquals("first", told.get(0), "at once");
        awaitAll();
        assertEquals(List.of("first", "completed"), told);
    }

    @Test
    void aFreeThreadDoesNotPassWhatWasLeftToTheOther() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        tell("one", true, () -> {
            try {
                assertTrue(goOn.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        tell("two", false, () -> {});
        tell("three", true, () -> {});
        assertEquals(List.of("one"), told);
        goOn.countDown();
        awaitAll();
        assertEquals(List.of("one", "two", "three"), told);
        tell("four", true, () -> {});
        assertEquals("four", told.get(3), "nothing is left, so it is told at once again");
    }

    @Test
    void aCallerThatFailsHarmsNoOther() {
        tell("one", false, () -> {
            throw new IllegalStateException("a bug of the caller");
        });
        tell("two", false, () -> told.add("completed"));
        awaitAll();
        assertEquals(List.of("one", "two", "completed"), told);
    }
}
