package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.osgi.framework.Version;

/** The rehearsals of a harness: sound modules pass them, and each of the usual mistakes fails with its remedy. */
@PawlTest(RehearsalsTest.Counting.class)
class RehearsalsTest {

    @AutomationModule(id = "counting", name = "Counting", inputs = Counting.Inputs.class)
    static final class Counting implements Module {

        record Inputs(
                @Required String name,
                @Default("4") @Bounds(min = 1, max = 1_000) int upTo) {}

        @Override
        public void run(TaskContext task) throws Exception {
            Inputs inputs = task.inputs(Inputs.class);
            Files.writeString(task.workDir().resolve("last"), inputs.name());
            for (int n = task.checkpoint("n", 0) + 1; n <= inputs.upTo(); n++) {
                task.emit(Map.of("n", n, "name", inputs.name()));
                task.checkpoint(Map.of("n", n));
                task.progress(100.0 * n / inputs.upTo(), Map.of());
            }
        }
    }

    @Test
    void aSoundModulePassesAllOfThem(JobHarness job, @TempDir Path folder) {
        job.inputs(Map.of("name", "Ada")).resumesExactly();
        job.stopsAtEveryStep();
        job.answersAnyInput();
        job.updatesAtEveryCheckpoint(Counting::new, "2.0.0");
        Path kept = folder.resolve("schemas/counting.txt");
        assertFails(() -> job.hasSchemaOf(kept), "is written now");
        job.hasSchemaOf(kept);
    }

    @Test
    void assertionsOfARunFollowEachOther(JobHarness job) {
        job.inputs(Map.of("name", "Ada", "up_to", 2))
                .run()
                .isCompleted()
                .hasResults(Map.of("n", 1, "name", "Ada"), Map.of("n", 2, "name", "Ada"))
                .hasCheckpoint(Map.of("n", 2))
                .hasReached(100);
    }

    @Test
    void aFailedAssertionSaysWhatTheJobSays(JobHarness job) {
        HarnessRun refused = job.inputs(Map.of("name", "Ada", "up_to", 0)).run();
        refused.failedWith(HarnessRun.Outcome.VALIDATION_FAILED, "up_to is 0");
        assertFails(refused::isCompleted, "VALIDATION_FAILED instead of COMPLETED");
        assertFails(() -> refused.hasLogged("anything"), "No log line contains \"anything\"");
        assertFails(() -> refused.hasCheckpoint(Map.of("n", 1)), "checkpoint {} instead of {n=1}");
    }

    @Test
    void eachTestHasAJobAndAWorkFolderOfItsOwn(JobHarness job) {
        assertEquals(
                List.of(),
                job.inputs(Map.of("name", "Ada")).pauseAtCheckpoint(1).run().artifacts());
        assertEquals(4, job.run().results().size());
    }

    @Test
    void aProcessThatDiesAfterACheckpointGoesOnFromIt(JobHarness job) {
        job.inputs(Map.of("name", "Ada")).killAtCheckpoint(2).run().ended(HarnessRun.Outcome.KILLED);
        job.run().isCompleted().hasReached(100);
        assertEquals(4, job.run().results().size());
    }

    @Test
    void aModuleThatForgetsWhereItWasIsFound() {
        JobHarness job = JobHarness.of(() -> task -> {
            for (int n = 1; n <= 3; n++) {
                task.emit(Map.of("n", n));
                task.checkpoint(Map.of("n", n));
            }
        });
        assertFails(job::resumesExactly, "killed after result 2 and has other results in the end");
    }

    @Test
    void aModuleThatSavesBeforeItEmitsIsFound() {
        JobHarness job = JobHarness.of(() -> task -> {
            for (int n = task.checkpoint("n", 0) + 1; n <= 3; n++) {
                task.checkpoint(Map.of("n", n));
                task.emit(Map.of("n", n));
            }
        });
        assertFails(job::resumesExactly, "killed after result 1 and has other results in the end");
    }

    @Test
    void whatChangesFromRunToRunIsLeftOutByName() {
        AtomicInteger calls = new AtomicInteger();
        JobHarness job = JobHarness.of(() -> task -> task.emit(Map.of("at", calls.incrementAndGet(), "n", 1)));
        assertFails(job::resumesExactly, "resumesExactly(\"at\")");
        job.resumesExactly("at");
    }

    @Test
    void aModuleThatSwallowsItsStopIsFound() {
        JobHarness job = JobHarness.of(() -> task -> {
            for (int n = 1; n <= 5; n++) {
                try {
                    task.checkpoint(Map.of("n", n));
                } catch (RuntimeException e) {
                    assertTrue(n > 0);
                }
            }
        });
        assertFails(job::stopsAtEveryStep, "went on: it emitted or saved 4 times after that");
    }

    @AutomationModule(id = "careless", name = "Careless", inputs = Careless.Place.class)
    static final class Careless implements Module {

        record Place(@Default("a/b") String path) {}

        @Override
        public void run(TaskContext task) throws ValidationException {
            task.emit(Map.of("second", task.inputs(Place.class).path().split("/", -1)[1]));
        }
    }

    @Test
    void aValueThatNobodyThoughtOfIsFound() {
        assertFails(
                () -> JobHarness.of(Careless::new).answersAnyInput(),
                "with the input path = \"\", and the answer is java.lang.ArrayIndexOutOfBoundsException");
    }

    @Test
    void aVersionThatCannotGoOnIsFound() {
        Module newer = new Module() {
            @Override
            public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
                throw new IllegalStateException("The checkpoint of " + from + " has no list.");
            }

            @Override
            public void run(TaskContext task) {}
        };
        JobHarness job =
                JobHarness.of(() -> task -> task.checkpoint(Map.of("n", 1))).version("1.2.0");
        assertFails(
                () -> job.updatesAtEveryCheckpoint(() -> newer, "2.0.0"),
                "version 2.0.0 did not complete it from there: it ended MIGRATION_FAILED");
    }

    @Test
    void aSchemaThatChangedIsShownBesideTheFormerOne(@TempDir Path folder) throws Exception {
        Path kept = Files.writeString(folder.resolve("kept"), "input path {\"type\":\"integer\"}\n");
        assertFails(() -> JobHarness.of(Careless::new).hasSchemaOf(kept), "input path {\"type\":\"string\"");
    }

    @Test
    void aRehearsalNeedsAJobThatCompletes(JobHarness job) {
        assertFails(job::resumesExactly, "name is missing");
    }

    private static void assertFails(Runnable assertion, String message) {
        AssertionFailedError error = assertThrows(AssertionFailedError.class, assertion::run);
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }
}
