package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.HarnessRun.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class JobHarnessTest {

    record Inputs(@Required String name, @Default("3") int upTo, List<Extra> extras) {}

    record Extra(String someWord) {}

    private static final class Counting implements Module {
        @Override
        public void validate(TaskContext task) throws ValidationException {
            if (task.inputs(Inputs.class).upTo() < 1) {
                throw new ValidationException("up_to is less than 1.");
            }
        }

        @Override
        public void run(TaskContext task) {
            Inputs inputs = task.inputs(Inputs.class);
            for (int n = task.checkpoint("n", 0) + 1; n <= inputs.upTo(); n++) {
                task.info(inputs.name() + " " + n);
                task.emit(Map.of("n", n));
                task.checkpoint(Map.of("n", n));
                task.progress(100.0 * n / inputs.upTo(), Map.of());
            }
        }
    }

    @Test
    void aRunGivesItsLinesResultsAndProgress() {
        HarnessRun run =
                JobHarness.of(Counting::new).inputs(Map.of("name", "Ada")).run();
        assertEquals(Outcome.COMPLETED, run.outcome());
        assertEquals(List.of("Ada 1", "Ada 2", "Ada 3"), run.lines());
        assertEquals(List.of(Map.of("n", 1), Map.of("n", 2), Map.of("n", 3)), run.results());
        assertEquals(Map.of("n", 3), run.checkpoint());
        assertEquals(100, run.percent());
    }

    @Test
    void aKilledRunLosesWhatCameAfterItsCheckpointAndTheNextOneGoesOn() {
        JobHarness job = JobHarness.of(Counting::new).inputs(new Inputs("Ada", 4, List.of()));
        HarnessRun killed = job.killAtEmit(3).run();
        assertEquals(Outcome.KILLED, killed.outcome());
        assertEquals(List.of(Map.of("n", 1), Map.of("n", 2)), killed.results());
        HarnessRun resumed = job.run();
        assertEquals(List.of("Ada 3", "Ada 4"), resumed.lines());
        assertEquals(4, resumed.results().size());
    }

    @Test
    void aPausedRunHasSavedTheCheckpointItPausesAt() {
        JobHarness job = JobHarness.of(Counting::new).inputs(Map.of("name", "Ada"));
        HarnessRun paused = job.pauseAtCheckpoint(2).run();
        assertEquals(Outcome.PAUSED, paused.outcome());
        assertEquals(Map.of("n", 2), paused.checkpoint());
        assertNull(paused.thrown());
        assertEquals(3, job.run().results().size());
    }

    @Test
    void whatAModuleThrowsSaysInWhichPartItFailed() {
        HarnessRun invalid = JobHarness.of(Counting::new)
                .inputs(Map.of("name", "Ada", "up_to", 0))
                .run();
        assertEquals(Outcome.VALIDATION_FAILED, invalid.outcome());
        assertEquals("up_to is less than 1.", String.valueOf(invalid.thrown().getMessage()));
        Module failing = task -> {
            throw new RunException("No paper.");
        };
        assertInstanceOf(RunException.class, JobHarness.of(() -> failing).run().thrown());
        Module messy = new Module() {
            @Override
            public void run(TaskContext task) {}

            @Override
            public void cleanup(TaskContext task) throws CleanupException {
                throw new CleanupException("A file is left.");
            }
        };
        assertEquals(Outcome.CLEANUP_FAILED, JobHarness.of(() -> messy).run().outcome());
    }

    @Test
    void recordsAndNestedValuesGoInAndOut() {
        Module echo = task -> task.emit(task.inputs(Inputs.class));
        HarnessRun run = JobHarness.of(() -> echo)
                .inputs(Map.of("name", "Ada", "upTo", "7", "extras", List.of(Map.of("some_word", "x"))))
                .run();
        assertEquals(
                List.of(Map.of("name", "Ada", "up_to", 7, "extras", List.of(Map.of("some_word", "x")))), run.results());
    }

    @Test
    void documentsAndTheWorkFolderLastOverRuns(@TempDir Path dir) {
        JobHarness job = JobHarness.of(() -> task -> {
            if (task.epoch() == 1) {
                Files.writeString(task.workDir().resolve("part"), "half");
                task.data().put("seen", Map.of("first", true));
                task.checkpoint(Map.of("here", true));
            }
            task.emit(Map.of("part", Files.readString(task.workDir().resolve("part"))));
        });
        job.workDir(dir).pauseAtCheckpoint(1).run();
        assertEquals(List.of(Map.of("part", "half")), job.run().results());
        assertTrue(job.data().get("seen").isPresent());
    }

    @Test
    void aJobThatGoesOnInAnEmptyFolderIsToldSo(@TempDir Path here, @TempDir Path there) {
        JobHarness job = JobHarness.of(() -> task -> {
            task.emit(Map.of("fresh", task.isFreshWorkDir()));
            Files.writeString(task.workDir().resolve("of-run-" + task.epoch()), "x");
            task.checkpoint(Map.of());
            task.checkpoint(Map.of());
        });
        job.workDir(here).pauseAtCheckpoint(1).run();
        job.pauseAtCheckpoint(1).run();
        assertEquals(
                List.of(Map.of("fresh", true), Map.of("fresh", false), Map.of("fresh", true)),
                job.workDir(there).run().results());
    }

    @Test
    void inputsOfAModuleThatDeclaresNoneAreHeldAgainstTheRecordThatItAsksFor() {
        HarnessRun run = JobHarness.of(Counting::new)
                .inputs(Map.of("name", "Ada", "up_too", 3))
                .run();
        assertEquals(Outcome.VALIDATION_FAILED, run.outcome());
        ProblemException refused = assertInstanceOf(ProblemException.class, run.thrown());
        assertEquals(ProblemCode.INVALID_INPUT, refused.code());
        assertEquals("\"up_too\" is not an input; there are name, up_to, extras.", refused.getMessage());
    }

    record Tuning(@Secret String token, @Default("1") int speed) {}

    @AutomationModule(id = "tuned", name = "Tuned", settings = Tuning.class, checkpoints = "[2,3)")
    static final class Tuned implements Module {
        @Override
        public void run(TaskContext task) {
            Tuning tuning = task.settings(Tuning.class);
            task.info(tuning.token() + " " + tuning.speed());
            task.checkpoint(Map.of("speed", tuning.speed()));
            task.emit(Map.of("speed", tuning.speed(), "secret", "open-sesame".equals(tuning.token())));
        }
    }

    @Test
    void settingsAreHeldAgainstTheirRecordAndSecretOnesAreMaskedAndKeptOverRuns() {
        HarnessRun refused =
                JobHarness.of(Tuned::new).settings(Map.of("sped", 2)).run();
        assertEquals(Outcome.VALIDATION_FAILED, refused.outcome());
        assertEquals(
                "sped is not a setting of tuned.",
                String.valueOf(refused.thrown().getMessage()));

        JobHarness job = JobHarness.of(Tuned::new).settings(Map.of("token", "open-sesame", "speed", 2));
        HarnessRun paused = job.pauseAtCheckpoint(1).run();
        assertEquals(Outcome.PAUSED, paused.outcome());
        assertEquals(List.of("******** 2"), paused.lines());
        assertEquals(List.of(Map.of("speed", 2, "secret", true)), job.run().results());
    }

    @Test
    void aCheckpointOfAVersionThatTheModuleDoesNotTakeIsRefusedAsOnAServer() {
        HarnessRun run =
                JobHarness.of(Tuned::new).from(Map.of("speed", 1), "1.4.0").run();
        assertEquals(Outcome.MIGRATION_FAILED, run.outcome());
        assertEquals(
                "The checkpoint was saved by version 1.4.0; version 0.0.0 goes on from those of [2.0.0,3.0.0) alone.",
                run.failure().message());
    }

    @Test
    void whatMigrateThrowsIsTheCauseOfItsFailure() {
        Module old = new Module() {
            @Override
            public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
                throw new IllegalStateException("too old: " + from);
            }

            @Override
            public void run(TaskContext task) {}
        };
        HarnessRun run = JobHarness.of(() -> old).from(Map.of("n", 1), "1.0.0").run();
        assertEquals(Outcome.MIGRATION_FAILED, run.outcome());
        assertEquals("too old: 1.0.0", run.thrown().getMessage());
    }

    @Test
    void aModuleThatGoesOnAfterAKillSavesNothing() {
        Module stubborn = task -> {
            try {
                task.emit(Map.of("n", 1));
            } catch (Throwable t) {
                assertThrows(Error.class, () -> task.checkpoint(Map.of("n", 1)));
                assertThrows(Error.class, () -> task.info("still here"));
            }
        };
        HarnessRun run = JobHarness.of(() -> stubborn).killAtEmit(1).run();
        assertEquals(Outcome.KILLED, run.outcome());
        assertEquals(List.of(), run.results());
        assertEquals(Map.of(), run.checkpoint());
        assertEquals(List.of(), run.lines());
    }

    @Test
    void aRunThatIsStoppedByAnotherThreadEndsStopped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        JobHarness job = JobHarness.of(() -> task -> {
            begun.countDown();
            while (true) {
                task.throwIfCancelled();
            }
        });
        FutureTask<HarnessRun> run = new FutureTask<>(job::run);
        new Thread(run).start();
        begun.await();
        job.stop();

        assertEquals(Outcome.STOPPED, run.get(30, TimeUnit.SECONDS).outcome());
    }

    @Test
    void outputsOfEarlierTasksAreKnownToTheModule(@TempDir Path folder) {
        JobHarness job = JobHarness.of(() -> task -> task.emit(Map.of(
                        "made", task.files().isDeclaredOutput(folder.resolve("made/within")),
                        "other", task.files().isDeclaredOutput(folder.resolve("other")))))
                .roots(folder)
                .earlierOutputs(folder.resolve("made"));

        assertEquals(List.of(Map.of("made", true, "other", false)), job.run().results());
    }

    @Test
    void theArtifactsAreThoseThatAServerWouldKeep(@TempDir Path folder) {
        JobHarness job = JobHarness.of(() -> task -> {
                    Path artifacts = Files.createDirectories(task.workDir().resolve("artifacts/logs"));
                    Files.writeString(artifacts.resolve("a.log"), "text");
                    Files.createSymbolicLink(artifacts.resolve("link"), artifacts);
                    task.checkpoint(Map.of("n", 1));
                })
                .workDir(folder);
        assertEquals(List.of(), job.pauseAtCheckpoint(1).run().artifacts());
        HarnessRun ended = job.run();
        assertEquals(1, ended.artifacts().size());
        assertEquals("logs/a.log", ended.artifacts().get(0).path());
        assertEquals(4, ended.artifacts().get(0).size());
        assertEquals("text/plain", ended.artifacts().get(0).contentType());
    }
}
