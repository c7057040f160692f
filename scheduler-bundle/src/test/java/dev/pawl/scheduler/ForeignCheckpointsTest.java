package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.UpdateMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class ForeignCheckpointsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** Version 1: saves {@code at} as a number and waits. */
    private final Module first = task -> {
        task.checkpoint(Map.of("at", 7));
        task.emit(Map.of("version", "1.0.0"));
        letGo.await();
    };

    /** Version 2: reads {@code place} as a text, to which it migrates the number. */
    private class Second implements Module {
        @Override
        public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
            calls.add("migrate " + checkpoint + " of " + from);
            return Map.of("place", "number " + checkpoint.get("at"));
        }

        @Override
        public void validate(TaskContext task) {
            calls.add("validate with " + task.checkpoint("place", "nothing"));
        }

        @Override
        public void run(TaskContext task) throws Exception {
            task.emit(Map.of("place", task.checkpoint("place", "nothing")));
        }
    }

    /** Runs the first version until its checkpoint, then replaces it with the second. */
    private String moveTo(Module second, String version, String accepted) {
        modules.put("moves", () -> first);
        String id = running.startAndAwaitAResult("moves");
        running.drain.drain(List.of("moves"), UpdateMode.NOW, Duration.ZERO, ParkReason.MODULE_UPDATE);
        FakeModules.Kind kind = modules.put("moves", () -> second).version(version);
        if (!accepted.isEmpty()) {
            kind.checkpoints(accepted);
        }
        running.drain.release(List.of("moves"));
        return id;
    }

    private Failure failureOf(String id) {
        return running.awaitStatus(id, JobStatus.FAILED).state().failure();
    }

    @Test
    void aModuleTurnsTheCheckpointOfAnotherVersionIntoItsOwnBeforeAnythingElse() {
        String id = moveTo(new Second(), "2.0.0", "[1,2)");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("migrate {at=7} of 1.0.0", "validate with number 7"), calls);
        assertEquals(List.of("{\"place\":\"number 7\"}"), running.results(id));
    }

    @Test
    void whatItMadeOfItIsSavedAsItsOwn() {
        String id = moveTo(
                new Second() {
                    @Override
                    public void run(TaskContext task) throws Exception {
                        if (task.epoch() == 2) {
                            letGo.await();
                        }
                        super.run(task);
                    }
                },
                "2.0.0",
                "");
        eventually("it was validated", () -> calls.size() == 2);
        assertEquals(Map.of("place", "number 7"), running.job(id).state().checkpoint());
        assertEquals("2.0.0", running.job(id).state().checkpointVersion());
        running.drain.drain(List.of("moves"), UpdateMode.NOW, Duration.ZERO, ParkReason.MODULE_UPDATE);
        running.drain.release(List.of("moves"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(
                1, calls.stream().filter(call -> call.startsWith("migrate")).count(), calls::toString);
    }

    @Test
    void aVersionWithoutMigrateGoesOnFromTheCheckpointAsItIs() {
        String id = moveTo(task -> task.emit(Map.of("at", task.checkpoint("at", 0))), "2.0.0", "");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"at\":7}"), running.results(id));
    }

    @Test
    void aCheckpointOutsideTheRangeFailsTheJobAndNamesTheWayBack() {
        Failure failure = failureOf(moveTo(new Second(), "2.0.0", "[1.2,2)"));
        assertEquals(Phase.INITIALIZE, failure.phase());
        assertEquals(
                "The checkpoint was saved by version 1.0.0; version 2.0.0 goes on from those of [1.2.0,2.0.0) alone.",
                failure.message());
        assertTrue(
                String.valueOf(failure.remedy()).contains("pawl module rollback moves --to 1.0.0"), failure::toString);
        assertEquals(List.of(), calls, "migrate is not called");
    }

    @Test
    void aMigrationThatFailsFailsTheJobInInitialize() {
        Failure failure = failureOf(moveTo(
                new Second() {
                    @Override
                    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
                        throw new IllegalStateException("no such luck");
                    }
                },
                "2.0.0",
                ""));
        assertEquals(Phase.INITIALIZE, failure.phase());
        assertEquals(
                "Version 2.0.0 cannot go on from the checkpoint that version 1.0.0 saved: "
                        + "java.lang.IllegalStateException: no such luck",
                failure.message());
        assertTrue(String.valueOf(failure.remedy()).contains("--to 1.0.0"), failure::toString);
    }

    @Test
    void aMigrationIntoWhatIsNoJsonFailsTheJob() {
        Failure failure = failureOf(moveTo(
                new Second() {
                    @Override
                    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
                        return null;
                    }
                },
                "2.0.0",
                ""));
        assertTrue(failure.message().contains("The checkpoint is null"), failure::message);
    }

    @Test
    void aMigrationIntoAnObjectThatHoldsItselfFailsTheJob() {
        Failure failure = failureOf(moveTo(
                new Second() {
                    @Override
                    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
                        List<Object> endless = new ArrayList<>();
                        endless.add(endless);
                        return Map.of("place", endless);
                    }
                },
                "2.0.0",
                ""));
        assertEquals(Phase.INITIALIZE, failure.phase());
        assertTrue(String.valueOf(failure.remedy()).contains("--to 1.0.0"), failure::toString);
    }

    @Test
    void aMigrationThatHangsIsEndedByAStop() {
        String id = moveTo(new Hanging(), "2.0.0", "");
        eventually("it migrates", () -> calls.contains("hangs"));
        running.scheduler.stop(id).toCompletableFuture().join();
        running.awaitStatus(id, JobStatus.STOPPED);
    }

    @Test
    void aMigrationThatHangsMakesRoomForTheNextVersionWhichStartsFromTheSameCheckpoint() {
        String id = moveTo(new Hanging(), "2.0.0", "");
        eventually("it migrates", () -> calls.contains("hangs"));
        running.drain.drain(List.of("moves"), UpdateMode.MOVE, Duration.ofMillis(50), ParkReason.MODULE_UPDATE);
        modules.put("moves", Second::new).version("3.0.0");
        running.drain.release(List.of("moves"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("hangs", "migrate {at=7} of 1.0.0", "validate with number 7"), calls);
    }

    /** A module that hangs in {@code migrate} and ignores its interrupt. */
    private final class Hanging extends Second {
        @Override
        public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
            calls.add("hangs");
            while (letGo.getCount() > 0) {
                Thread.onSpinWait();
            }
            return checkpoint;
        }
    }

    @Test
    void aValueOfAnotherTypeFailsTheJobAndSaysWhichVersionSavedIt() {
        Failure failure = failureOf(moveTo(task -> task.checkpoint("at", List.of("a")), "2.0.0", ""));
        assertEquals(Phase.RUN, failure.phase());
        assertTrue(
                failure.message()
                        .startsWith("Version 2.0.0 cannot go on from the checkpoint that version 1.0.0 saved: "
                                + "The checkpoint's value \"at\" cannot be read as"),
                failure::message);
        assertTrue(String.valueOf(failure.remedy()).contains("--to 1.0.0"), failure::toString);
    }

    @Test
    void oneJobFailsAndTheOthersGoOn() {
        String broken = moveTo(new Second(), "2.0.0", "[2,3)");
        String other = running.start("moves");
        running.awaitStatus(other, JobStatus.COMPLETED);
        assertEquals(
                JobStatus.FAILED,
                running.awaitStatus(broken, JobStatus.FAILED).state().status());
    }

    @Test
    void goingBackGoesOnFromTheCheckpointToo() {
        String id = moveTo(new Second(), "0.9.0", "");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(
                "migrate {at=7} of 1.0.0",
                calls.get(0),
                "migrate is also called in a version older than the saving one");
    }
}
