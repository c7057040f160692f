package dev.pawl.samples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.TaskCancelledException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HelloModuleTest {

    private static RecordingTask task(int count, int delayMs) {
        return new RecordingTask(Map.of(), new HelloModule.Inputs("World", count, delayMs));
    }

    @Test
    void eachStepLeavesOneLineOneResultOneCheckpointAndItsProgress() throws Exception {
        RecordingTask task = task(2, 0);

        new HelloModule().run(task);

        assertEquals(List.of("Hello, World! (1/2)", "Hello, World! (2/2)"), task.lines);
        assertEquals(
                List.of(
                        Map.of("greeting", "Hello, World!", "iteration", 1),
                        Map.of("greeting", "Hello, World!", "iteration", 2)),
                task.results);
        assertEquals(List.of(Map.of("iteration", 1), Map.of("iteration", 2)), task.checkpoints);
        assertEquals(List.of(50.0, 100.0), task.percents);
    }

    @Test
    void carriesOnWhereItStopped() throws Exception {
        RecordingTask task = task(5, 0);
        task.stopAfterCheckpoints = 2;
        assertThrows(TaskCancelledException.class, () -> new HelloModule().run(task));
        task.stopAfterCheckpoints = Integer.MAX_VALUE;
        task.cancelled = false;

        new HelloModule().run(task);

        assertEquals(
                List.of(1, 2, 3, 4, 5),
                task.results.stream()
                        .map(result -> ((Map<?, ?>) result).get("iteration"))
                        .toList());
    }

    @Test
    void waitsBeforeEachGreeting() throws Exception {
        long begin = System.nanoTime();

        new HelloModule().run(task(3, 30));

        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(taken.compareTo(Duration.ofMillis(85)) > 0, () -> "took " + taken);
    }

    @Test
    void aWaitEndsAtOnceWhenItsThreadIsInterrupted() {
        RecordingTask task = task(1, 3_600_000);
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> new HelloModule().run(task));
    }

    @Test
    void aWaitEndsSoonWhenTheJobIsStopped() {
        RecordingTask task = task(1, 3_600_000);
        task.cancelled = true;

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThrows(TaskCancelledException.class, () -> new HelloModule().run(task)));
        assertEquals(List.of(), task.results);
    }
}
