package dev.pawl.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class LaneTest {

    private final List<Runnable> given = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Lane lane = new Lane(1, 2, given::add);

    @Test
    void workIsDoneByThreadsOfTheLaneAndNeverByTheOneThatBringsIt() {
        lane.execute(() -> done.add("work"));
        assertEquals(List.of(), done);
        assertFalse(lane.isIdle());
        runAll();
        assertEquals(List.of("work"), done);
        assertTrue(lane.isIdle());
    }

    @Test
    void whatIsTooMuchAtOnceWaitsForItsTurn() {
        lane.execute(() -> done.add("first"));
        lane.execute(() -> done.add("second"));
        assertFalse(lane.isFull());
        lane.execute(() -> done.add("third"));
        assertTrue(lane.isFull());
        assertThrows(RejectedExecutionException.class, () -> lane.execute(() -> done.add("too much")));
        assertEquals(1, given.size(), "waiting requests take no thread");
        runAll();
        assertEquals(List.of("first", "second", "third"), done);
        lane.execute(() -> done.add("later"));
        runAll();
        assertEquals("later", done.get(3));
    }

    @Test
    void whatBelongsToWorkThatHasItsTurnIsDoneWithIt() {
        lane.execute(() -> {
            lane.execute(() -> done.add("its own"));
            done.add("the work");
        });
        lane.execute(() -> done.add("the next"));
        runAll();
        assertEquals(List.of("its own", "the work", "the next"), done);
    }

    @Test
    void workThatFailsLeavesItsPlace() {
        lane.execute(() -> {
            throw new IllegalStateException("simulated");
        });
        lane.execute(() -> done.add("next"));
        runAll();
        assertEquals(List.of("next"), done);
        assertTrue(lane.isIdle());
    }

    @Test
    void threadsThatHaveEndedTakeNoPlace() {
        var ended = new Lane(1, 1, work -> {
            throw new RejectedExecutionException("ended");
        });
        assertThrows(RejectedExecutionException.class, () -> ended.execute(() -> done.add("never")));
        assertTrue(ended.isIdle());
    }

    private void runAll() {
        while (!given.isEmpty()) {
            given.remove(0).run();
        }
    }
}
