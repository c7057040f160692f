package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunsJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;

    record Greeting(@Required String name, @Default("2") int count) {}

    record Tone(@Default("friendly") String tone) {}

    record Greeted(String whoItWas) {}

    @Test
    void aJobsLinesAndResultsAreThereWhenItHasCompleted() {
        modules.put("hello", 0, Greeting.class, AutomationModule.NoFields.class, () -> task -> {
            Greeting inputs = task.inputs(Greeting.class);
            for (int i = 0; i < inputs.count(); i++) {
                task.info("Hello, " + inputs.name());
                task.emit(Map.of("n", i));
            }
            task.emit(new Greeted(inputs.name()));
        });
        running.modulesChanged();
        String id = running.start(JobRequest.builder(List.of(new Task("hello", Map.of("name", "World", "count", "3"))))
                .build());
        Job job = running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(1, job.state().epoch());
        assertEquals(List.of("Hello, World", "Hello, World", "Hello, World"), running.log(id));
        assertEquals(List.of("{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"who_it_was\":\"World\"}"), running.results(id));
        assertTrue(running.scheduler.results(id, 0, 10).results().stream().noneMatch(result -> result.tentative()));
    }

    @Test
    void allTasksAreValidatedBeforeTheFirstRuns() {
        ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
        FakeModules.Kind first = modules.put("first", () -> new Noting("first", calls));
        FakeModules.Kind second = modules.put("second", () -> new Noting("second", calls));
        running.modulesChanged();
        String id = running.start("first", "second", "first");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(
                List.of(
                        "validate first",
                        "validate second",
                        "validate first",
                        "run first",
                        "cleanup first",
                        "run second",
                        "cleanup second",
                        "run first",
                        "cleanup first"),
                List.copyOf(calls));
        assertEquals(2, first.made.get());
        eventually("instances are released", () -> first.released.get() == 2 && second.released.get() == 1);
    }

    private record Noting(String name, ConcurrentLinkedQueue<String> calls) implements Module {
        @Override
        public void validate(TaskContext task) {
            calls.add("validate " + name);
        }

        @Override
        public void run(TaskContext task) {
            calls.add("run " + name);
        }

        @Override
        public void cleanup(TaskContext task) {
            calls.add("cleanup " + name);
        }
    }

    @Test
    void settingsAreDefaultsThenWhatIsConfiguredThenWhatTheJobSays() {
        AtomicReference<String> seen = new AtomicReference<>();
        modules.put("tone", 0, AutomationModule.NoFields.class, Tone.class, () -> task -> {
            seen.set(task.settings(Tone.class).tone());
            task.checkpoint(Map.of());
        });
        running.modulesChanged();
        String plain = running.start("tone");
        running.awaitStatus(plain, JobStatus.COMPLETED);
        assertEquals("friendly", seen.get());
        modules.replace("tone", Map.of("tone", "dry"));
        String configured = running.start("tone");
        running.awaitStatus(configured, JobStatus.COMPLETED);
        assertEquals("dry", seen.get());
        String overridden =
                running.start(request("tone").settings(Map.of("tone", "loud")).build());
        assertEquals(
                Map.of("tone", "loud"),
                running.awaitStatus(overridden, JobStatus.COMPLETED).state().settings());
        assertEquals("loud", seen.get());
    }

    @Test
    void aResumedJobGoesOnFromItsCheckpointAndHasEachResultOnce() {
        CountDownLatch reached = new CountDownLatch(1);
        modules.put("count", () -> task -> {
            for (int n = task.checkpoint("n", 0) + 1; n <= 5; n++) {
                task.emit(Map.of("n", n));
                if (n == 4 && task.epoch() == 1) {
                    task.info("uncommitted");
                    reached.countDown();
                    new CountDownLatch(1).await();
                }
                task.checkpoint(Map.of("n", n));
            }
        });
        running.modulesChanged();
        String id = running.start("count");
        eventually("the task got that far", () -> reached.getCount() == 0);
        running.crash();
        Job job = running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(2, job.state().epoch());
        assertEquals(List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}", "{\"n\":5}"), running.results(id));
    }

    @Test
    void aClosedSchedulerParksWhatRunsAtItsNextCheckpoint() {
        CountDownLatch going = new CountDownLatch(1);
        modules.put("count", () -> task -> {
            for (int n = task.checkpoint("n", 0) + 1; n <= 200; n++) {
                task.emit(Map.of("n", n));
                task.checkpoint(Map.of("n", n));
                going.countDown();
                if (task.epoch() == 1) {
                    LockSupport.parkNanos(2_000_000);
                }
            }
        });
        running.modulesChanged();
        String id = running.start("count");
        eventually("it runs", () -> going.getCount() == 0);
        running.parts.lifecycle.close();
        Job parked = running.job(id);
        assertEquals(JobStatus.PENDING, parked.state().status());
        assertEquals(0, parked.state().crashes());
        assertFalse(parked.state().checkpoint().isEmpty());
        running.restart();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(200, running.scheduler.results(id, 0, 1000).total());
    }

    @Test
    void theWorkFolderLastsOverRunsAndGoesWithTheJob() {
        AtomicReference<Path> seen = new AtomicReference<>();
        CountDownLatch written = new CountDownLatch(1);
        modules.put("files", () -> task -> {
            Path file = task.workDir().resolve("part");
            if (task.epoch() == 1) {
                Files.writeString(file, "half");
                seen.set(file);
                written.countDown();
                new CountDownLatch(1).await();
            }
            task.emit(Map.of("kept", Files.readString(file)));
        });
        running.modulesChanged();
        String id = running.start("files");
        eventually("the file is written", () -> written.getCount() == 0);
        running.restart();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"kept\":\"half\"}"), running.results(id));
        eventually("the folder is gone", () -> !Files.exists(seen.get().getParent()));
    }

    @Test
    void idempotencyKeysDifferByTaskAndStepButNotByRun() {
        ConcurrentLinkedQueue<String> keys = new ConcurrentLinkedQueue<>();
        modules.put("pay", () -> task -> {
            keys.add(task.idempotencyKey("a"));
            keys.add(task.idempotencyKey("a"));
            keys.add(task.idempotencyKey("b"));
        });
        running.modulesChanged();
        running.awaitStatus(running.start("pay", "pay"), JobStatus.COMPLETED);
        List<String> all = List.copyOf(keys);
        assertEquals(all.get(0), all.get(1));
        assertNotEquals(all.get(0), all.get(2));
        assertNotEquals(all.get(0), all.get(3));
    }
}
