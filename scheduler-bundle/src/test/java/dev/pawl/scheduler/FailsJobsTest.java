package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FailsJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;

    record Range(int from, int to) {
        Range {
            if (from > to) {
                throw new IllegalArgumentException("from is after to");
            }
        }
    }

    record Login(String user, @Secret String password) {}

    @Test
    void aRunExceptionIsShownInItsOwnWords() {
        Failure failure = running.failureOf(task -> {
            throw new RunException("The disk is full.");
        });
        assertEquals(Phase.RUN, failure.phase());
        assertEquals("The disk is full.", failure.message());
        assertTrue(failure.stack().contains("FailsJobsTest"), failure.stack());
    }

    @Test
    void anyOtherExceptionIsShownWithItsClass() {
        assertEquals(
                "java.lang.IllegalStateException: odd",
                running.failureOf(task -> {
                            throw new IllegalStateException("odd");
                        })
                        .message());
    }

    @Test
    void errorsOfAModuleFailItsJobAndNothingElse() {
        for (Error error :
                List.of(new StackOverflowError(), new OutOfMemoryError("Java heap space"), new LinkageError())) {
            Failure failure = running.failureOf(task -> {
                throw error;
            });
            assertTrue(failure.message().startsWith(error.getClass().getName()), failure.message());
        }
        modules.put("good", () -> task -> {});
        running.modulesChanged();
        running.awaitStatus(running.start("good"), JobStatus.COMPLETED);
    }

    @Test
    void aRealStackOverflowFailsItsJob() {
        Failure failure = running.failureOf(task -> depth(0));
        assertEquals("java.lang.StackOverflowError", failure.message());
        assertTrue(failure.stack().length() <= 16 * 1024);
    }

    private static long depth(long n) {
        return n < 0 ? n : depth(n + 1) + 1;
    }

    @Test
    void aFailingConstructorIsAFailureOfInitialization() {
        modules.put("first", () -> task -> task.emit(Map.of("ran", true)));
        modules.put("broken", () -> {
            throw new InitializationException("No such database.");
        });
        running.modulesChanged();
        String id = running.start("first", "broken");
        Failure failure = running.awaitStatus(id, JobStatus.FAILED).state().failure();
        assertEquals(Phase.INITIALIZE, failure.phase());
        assertEquals(1, failure.taskIndex());
        assertEquals("No such database.", failure.message());
        assertEquals(List.of(), running.results(id), "no task has run");
    }

    @Test
    void aTaskThatIsNotValidKeepsAllFromRunning() {
        modules.put("first", () -> task -> task.emit(Map.of("ran", true)));
        modules.put("invalid", () -> new Module() {
            @Override
            public void validate(TaskContext task) throws ValidationException {
                throw new ValidationException("The folder is missing.");
            }

            @Override
            public void run(TaskContext task) {}
        });
        running.modulesChanged();
        String id = running.start("first", "invalid");
        Failure failure = running.awaitStatus(id, JobStatus.FAILED).state().failure();
        assertEquals(Phase.VALIDATE, failure.phase());
        assertEquals("The folder is missing.", failure.message());
        assertEquals(List.of(), running.results(id));
    }

    @Test
    void aRecordThatRefusesItsValuesIsAFailureOfValidation() {
        modules.put("range", 0, Range.class, AutomationModule.NoFields.class, () -> task -> {});
        running.modulesChanged();
        String id = running.start(JobRequest.builder(List.of(new Task("range", Map.of("from", 3, "to", 1))))
                .build());
        Failure failure = running.awaitStatus(id, JobStatus.FAILED).state().failure();
        assertEquals(Phase.VALIDATE, failure.phase());
        assertEquals("from is after to", failure.message());
    }

    @Test
    void aFailedCleanupFailsAGoodRunAndKeepsItsResults() {
        modules.put("m", () -> new Module() {
            @Override
            public void run(TaskContext task) {
                task.emit(Map.of("good", true));
            }

            @Override
            public void cleanup(TaskContext task) throws CleanupException {
                throw new CleanupException("A lock is left behind.");
            }
        });
        running.modulesChanged();
        String id = running.start("m");
        Failure failure = running.awaitStatus(id, JobStatus.FAILED).state().failure();
        assertEquals(Phase.CLEANUP, failure.phase());
        assertEquals("A lock is left behind.", failure.message());
        assertEquals(List.of("{\"good\":true}"), running.results(id));
    }

    @Test
    void whatCannotBeKeptIsRefusedAndNothingOfItIsSaved() {
        AtomicInteger refused = new AtomicInteger();
        Map<String, Object> recursive = new HashMap<>();
        recursive.put("self", recursive);
        Map<String, Object> huge = Map.of("text", "x".repeat(2 * 1024 * 1024));
        modules.put("m", () -> task -> {
            List<Runnable> writes = List.of(
                    () -> task.emit(null),
                    () -> task.emit("text"),
                    () -> task.emit(List.of(1)),
                    () -> task.emit(recursive),
                    () -> task.emit(huge),
                    () -> task.checkpoint(huge),
                    () -> task.progress(1, Map.of("info", "x".repeat(17 * 1024))));
            for (Runnable write : writes) {
                try {
                    write.run();
                } catch (IllegalArgumentException e) {
                    refused.incrementAndGet();
                    task.info(String.valueOf(e.getMessage()));
                }
            }
            task.progress(Double.NaN, Map.of());
            task.log(LogLevel.INFO, "y".repeat(100_000));
        });
        running.modulesChanged();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(7, refused.get());
        assertEquals(List.of(), running.results(id));
        assertEquals(64 * 1024, running.log(id).get(7).length());
    }

    @Test
    void aFloodOfLinesIsAllThereAndInOrder() {
        int lines = 50_000;
        modules.put("m", () -> task -> {
            for (int i = 0; i < lines; i++) {
                task.info("line " + i);
            }
        });
        running.modulesChanged();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals("line " + (lines - 1), running.scheduler.logs(id, 1).get(0).message());
        assertEquals(
                "line 20000", running.scheduler.logsAfter(id, 20_000, 1).get(0).message());
    }

    @Test
    void aStoreThatFailsForAWhileHoldsTheJobAndLosesNothingOfIt() {
        CountDownLatch failing = new CountDownLatch(1);
        CountDownLatch mended = new CountDownLatch(1);
        modules.put("m", () -> task -> {
            for (int n = 1; n <= 1_500; n++) {
                if (n == 100) {
                    task.checkpoint(Map.of("n", n));
                    running.storeFails.set(true);
                }
                if (n == 800) { // 500 lines trigger a write, which has failed by now
                    failing.countDown();
                    mended.await();
                }
                task.info("line " + n);
                task.emit(Map.of("n", n));
            }
        });
        running.modulesChanged();
        String id = running.start("m");
        eventually("the store fails", () -> failing.getCount() == 0);
        assertEquals(JobStatus.RUNNING, running.status(id));
        assertEquals(99, running.log(id).size());
        running.storeFails.set(false);
        mended.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(IntStream.rangeClosed(1, 1_500).mapToObj(n -> "line " + n).toList(), running.log(id));
        assertEquals(
                IntStream.rangeClosed(1, 1_500)
                        .mapToObj(n -> "{\"n\":" + n + "}")
                        .toList(),
                running.results(id));
    }

    @Test
    void aJobThatEndsTheProcessEachTimeFailsInTheEnd() {
        AtomicReference<CountDownLatch> going = new AtomicReference<>(new CountDownLatch(1));
        modules.put("m", () -> task -> {
            going.get().countDown();
            new CountDownLatch(1).await();
        });
        running.modulesChanged();
        String id = running.start("m");
        for (int i = 1; i <= 3; i++) {
            eventually("it runs", () -> going.get().getCount() == 0);
            going.set(new CountDownLatch(1));
            running.crash();
        }
        assertEquals(JobStatus.FAILED, running.status(id));
    }

    @Test
    void secretsAreInNoViewNoLogAndNoFailure() {
        modules.put("login", 0, Login.class, AutomationModule.NoFields.class, () -> task -> {
            task.info("logging in with " + task.inputs(Login.class).password());
            throw new RunException("refused: " + task.inputs(Login.class).password());
        });
        running.modulesChanged();
        String id = running.start(
                JobRequest.builder(List.of(new Task("login", Map.of("user", "ada", "password", "open-sesame"))))
                        .build());
        running.awaitStatus(id, JobStatus.FAILED);
        modules.uninstall("login");
        Job shown = running.scheduler.job(id).job();
        assertEquals(
                Map.of("user", "ada", "password", "********"),
                shown.request().tasks().get(0).inputs());
        String all = shown + running.log(id).toString() + shown.state().failure();
        assertFalse(all.contains("open-sesame"), all);
        assertTrue(running.log(id).contains("logging in with ********"), all);
    }
}
