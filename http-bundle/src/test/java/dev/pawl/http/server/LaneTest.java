package dev.pawl.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class LaneTest {

    private final List<Runnable> given = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final Lane lane = new Lane(1, 2, given::add);

    @Test
    void whatIsTooMuchAtOnceWaitsForItsTurn() {
        lane.execute(() -> {
            lane.execute(() -> done.add("second"));
            lane.execute(() -> done.add("third"));
            assertThrows(RejectedExecutionException.class, () -> lane.execute(() -> done.add("too much")));
            done.add("first");
        });
        assertEquals(List.of("first"), done);
        while (!given.isEmpty()) {
            given.remove(0).run();
        }
        assertEquals(List.of("first", "second", "third"), done);
        lane.execute(() -> done.add("at once"));
        assertEquals("at once", done.get(3));
    }

    @Test
    void workThatFailsLeavesItsPlace() {
        assertThrows(
                IllegalStateException.class,
                () -> lane.execute(() -> {
                    throw new IllegalStateException();
                }));
        lane.execute(() -> done.add("next"));
        assertEquals(List.of("next"), done);
    }
}
