package dev.pawl.scheduler.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriteThroughTest {

    private final WriteThrough changes = new WriteThrough();
    private final List<String> memory = new ArrayList<>();

    private CompletableFuture<Boolean> change(CompletableFuture<Boolean> row, String name) {
        return changes.change(() -> row, () -> memory.add(name)).toCompletableFuture();
    }

    @Test
    void aChangeIsInMemoryOnceItsRowIsOnDiskAndNotBefore() {
        CompletableFuture<Boolean> row = new CompletableFuture<>();
        CompletableFuture<Boolean> changed = change(row, "a");
        assertEquals(List.of(), memory);
        row.complete(true);
        assertEquals(List.of("a"), memory);
        assertTrue(changed.join());
    }

    @Test
    void aRefusedChangeIsNeverInMemoryAndHoldsUpNoOther() {
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        CompletableFuture<Boolean> answer = change(refused, "a");
        CompletableFuture<Boolean> after = change(CompletableFuture.completedFuture(true), "b");
        refused.completeExceptionally(new IllegalStateException("no"));
        assertTrue(answer.isCompletedExceptionally());
        assertTrue(after.isDone());
        assertEquals(List.of("b"), memory);
    }

    @Test
    void memoryTakesTheOrderInWhichTheStoreWasGivenTheRows() {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        CompletableFuture<Boolean> changed = change(first, "a");
        CompletableFuture<Boolean> second = change(CompletableFuture.completedFuture(true), "b");
        assertFalse(second.isDone(), "its row is on disk, but one before it is not yet");
        first.complete(true);
        assertTrue(changed.isDone() && second.isDone());
        assertEquals(List.of("a", "b"), memory);
    }

    @Test
    void aChangeThatNobodyWaitsForAnyMoreIsInMemoryWhenItIsOnDisk() {
        CompletableFuture<Boolean> row = new CompletableFuture<>();
        CompletableFuture<Boolean> waiting = change(row, "a").orTimeout(1, TimeUnit.NANOSECONDS);
        waiting.handle((done, late) -> true).join();
        row.complete(true);
        assertEquals(List.of("a"), memory);
    }
}
