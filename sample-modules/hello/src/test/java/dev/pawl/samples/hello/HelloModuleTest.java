package dev.pawl.samples.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HelloModuleTest {

    private static JobHarness job(int count, int delayMs) {
        return JobHarness.of(HelloModule::new).inputs(Map.of("name", "World", "count", count, "delay_ms", delayMs));
    }

    private static Map<String, Object> greeting(int iteration) {
        return Map.of("greeting", "Hello, World!", "iteration", iteration);
    }

    @Test
    void greetsThreeTimesUnlessToldOtherwise() {
        HarnessRun run =
                JobHarness.of(HelloModule::new).inputs(Map.of("name", "World")).run();

        assertEquals(Outcome.COMPLETED, run.outcome());
        assertEquals(List.of("Hello, World! (1/3)", "Hello, World! (2/3)", "Hello, World! (3/3)"), run.lines());
        assertEquals(List.of(greeting(1), greeting(2), greeting(3)), run.results());
        assertEquals(100, run.percent());
    }

    @Test
    void eachStepIsSavedWithItsProgress() {
        HarnessRun paused = job(4, 0).pauseAtCheckpoint(2).run();

        assertEquals(Outcome.PAUSED, paused.outcome());
        assertEquals(Map.of("iteration", 2), paused.checkpoint());
        assertEquals(List.of(greeting(1), greeting(2)), paused.results());
        assertEquals(50, paused.percent());
    }

    @Test
    void carriesOnWhereItStopped() {
        JobHarness job = job(4, 0).killAtEmit(3);
        assertEquals(Outcome.KILLED, job.run().outcome());

        HarnessRun resumed = job.run();

        assertEquals(List.of("Hello, World! (3/4)", "Hello, World! (4/4)"), resumed.lines());
        assertEquals(List.of(greeting(1), greeting(2), greeting(3), greeting(4)), resumed.results());
    }

    @Test
    void waitsBeforeEachGreeting() {
        long begin = System.nanoTime();

        job(3, 30).run();

        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(taken.compareTo(Duration.ofMillis(85)) > 0, () -> "took " + taken);
    }

    @Test
    void aWaitEndsAtOnceWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        HarnessRun run = job(1, 3_600_000).run();

        assertInstanceOf(InterruptedException.class, run.thrown());
        assertEquals(List.of(), run.results());
    }

    @Test
    void aWaitEndsSoonWhenTheJobIsStopped() {
        Module stopped = task -> assertThrows(TaskCancelledException.class, () -> new HelloModule().run(stopped(task)));

        HarnessRun run = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> JobHarness.of(() -> stopped)
                .inputs(Map.of("name", "World", "delay_ms", 3_600_000))
                .run());
        assertEquals(Outcome.COMPLETED, run.outcome());
        assertEquals(List.of(), run.lines());
    }

    private static TaskContext stopped(TaskContext task) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("throwIfCancelled")) {
                        throw new TaskCancelledException("The job was stopped.");
                    }
                    return method.invoke(task, arguments);
                });
    }
}
