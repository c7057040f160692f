package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a text has the same limit wherever it comes from, and that a cut text says how much is missing. */
class LimitsTextsTest {

    private static final int HUGE = 3_900_000;

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private static final String TEXT = "an error ".repeat(HUGE / 9);

    private static void assertCut(TextLimit limit, String text) {
        assertTrue(text.length() <= limit.characters(), () -> text.length() + " characters");
        assertTrue(
                text.matches("(?s).*an error .*… \\[3,8\\d\\d,\\d{3} more characters were cut]"),
                () -> text.substring(Math.max(0, text.length() - 100)));
    }

    /** A module that throws in a given phase. */
    private record Throwing(String phase) implements Module {
        @Override
        public void validate(TaskContext task) throws ValidationException {
            if (phase.equals("validate")) {
                throw new ValidationException(TEXT);
            }
        }

        @Override
        public void run(TaskContext task) throws RunException {
            if (phase.startsWith("run")) {
                throw new RunException(TEXT);
            }
        }

        @Override
        public void cleanup(TaskContext task) throws CleanupException {
            if (phase.endsWith("cleanup")) {
                throw new CleanupException(TEXT);
            }
        }
    }

    @Test
    void whatAModuleThrowsInAnyPhaseHasTheLimitOfMessages() {
        assertAll(List.of("validate", "run", "cleanup").stream().map(phase -> () -> {
            Failure failure = running.failureOf(new Throwing(phase));
            assertCut(TextLimit.MESSAGE, failure.message());
        }));
        running.modules.put("m", () -> {
            throw new InitializationException(TEXT);
        });
        running.modulesChanged();
        Job job = running.awaitStatus(running.start("m"), JobStatus.FAILED);
        assertCut(TextLimit.MESSAGE, job.state().failure().message());
    }

    @Test
    void theLineOfACleanupThatFailedAsWellIsCutLikeItsMessage() {
        running.modules.put("m", () -> new Throwing("run and cleanup"));
        running.modulesChanged();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.FAILED);
        List<String> log = running.log(id);
        assertTrue(log.get(0).startsWith("Cleanup failed as well: an error"), log.get(0));
        assertTrue(log.stream().allMatch(line -> line.length() < 5_000 && line.contains("more characters were cut")));
    }

    @Test
    void aLineThatIsLoggedSaysHowMuchIsMissing() {
        String id = running.completed(task -> task.info(TEXT));
        assertCut(TextLimit.LINE, running.log(id).get(0));
    }

    @Test
    void theEndOfAThreadIsCutLikeAStack() {
        String id = running.completed(task -> {
            Thread thread = new Thread(() -> {
                throw new IllegalStateException(TEXT);
            });
            thread.setName("n".repeat(HUGE));
            thread.start();
            thread.join();
        });
        eventually("it is in the log", () -> !running.log(id).isEmpty());
        String line = running.log(id).get(0);
        assertTrue(line.length() < 20_000 && line.contains("ended with an exception: "), line);
        assertTrue(line.contains("more characters were cut"), line);
    }

    @Test
    void aStackOfThousandsOfExceptionsSaysHowManyLinesAreMissing() {
        Exception many = new Exception("many");
        for (int i = 0; i < 10_000; i++) {
            many.addSuppressed(new Exception("suppressed " + i));
        }
        Throwable deep = new Exception("the first");
        for (int i = 0; i < 10_000; i++) {
            deep = new Exception("cause " + i, deep);
        }
        Throwable deepest = deep;
        for (Failure failure : List.of(
                running.failureOf(task -> {
                    throw many;
                }),
                running.failureOf(task -> {
                    throw new RunException("deep", deepest);
                }))) {
            assertTrue(failure.stack().length() <= TextLimit.STACK.characters());
            assertTrue(
                    failure.stack().matches("(?s).*… \\[(more than )?[1-9][\\d,]* more lines were cut]"),
                    () -> failure.stack().substring(failure.stack().length() - 100));
        }
    }

    @Test
    void anExceptionWithoutEndIsLookedAtForAMomentOnly() {
        class Endless extends Exception {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Throwable getCause() {
                return new Endless();
            }
        }
        Failure failure = running.failureOf(task -> {
            throw new Endless();
        });
        assertTrue(failure.stack().contains("… [more than "), failure.stack());
    }

    @Test
    void theEndAtAnExternalWorkerHasTheLimitsOfAModulesFailure() {
        int attempts = 40;
        Job added = running.scheduler
                .enqueue(RunningScheduler.request("far")
                        .retry(new RetryPolicy(attempts, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .build())
                .toCompletableFuture()
                .join();
        String id = added.id().toString();
        for (int i = 0; i < attempts; i++) {
            assertTrue(poll("w1"), "attempt " + i);
            running.workers
                    .completed(id, null, true, i % 2 == 0 ? Map.of("error", TEXT) : TEXT)
                    .toCompletableFuture()
                    .join();
            running.pass(Duration.ofSeconds(5));
        }
        List<Run> runs = running.scheduler.runs(id);
        assertEquals(attempts, runs.size());
        runs.forEach(run -> assertCut(TextLimit.MESSAGE, run.failure().message()));
        Object info = running.job(id).state().progress().info();
        assertTrue(JsonLimits.bytes(info) <= JsonLimits.MOST_INFO_BYTES);
        assertTrue(info.toString().contains("more characters were cut"), info.toString());
        running.log(id).stream()
                .filter(line -> line.startsWith("Failed at"))
                .forEach(line -> assertTrue(
                        line.length() <= TextLimit.LINE.characters() && line.contains("more characters were cut")));
    }

    @Test
    void noCharacterIsSplitWhereverATextIsCut() {
        String faces = "😀".repeat(HUGE / 2);
        for (int before = 0; before < 2; before++) {
            String text = "x".repeat(before) + faces;
            Failure failure = running.failureOf(task -> {
                task.info(text);
                throw new RunException(text);
            });
            assertFalse(JsonLimits.hasUnpairedSurrogate(failure.message()));
            assertFalse(failure.message().matches("(?s).*[?\uFFFD].*"), failure::message);
            assertFalse(JsonLimits.hasUnpairedSurrogate(failure.stack()));
        }
    }

    @Test
    void whatAWorkerSaysOfItselfIsCutAndItsIdIsNot() {
        Heartbeat beat = new Heartbeat(WorkerStatus.IDLE, null, TEXT, TEXT, TEXT, null, TEXT, null, TEXT);
        running.workers.beat("w1", beat).toCompletableFuture().join();
        Heartbeat kept = running.workers.worker("w1").orElseThrow().heartbeat();
        assertCut(TextLimit.NAME, kept.hostname());
        assertCut(TextLimit.NAME, kept.version());
        assertCut(TextLimit.NAME, kept.task());
        assertCut(TextLimit.TITLE, kept.jobTitle());
        assertCut(TextLimit.INFO, (String) kept.info());
        String longId = "w".repeat(TextLimit.ID.characters() + 1);
        assertMalformed(
                () -> running.workers.beat(longId, beat).toCompletableFuture().join());
        assertMalformed(
                () -> running.workers.poll(longId, null).toCompletableFuture().join());
        assertMalformed(() ->
                running.workers.disable(longId, true).toCompletableFuture().join());
    }

    @Test
    void inputsAndSettingsOfAJobHaveOneLimitAtEveryDoor() {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        Map<String, Object> huge = Map.of("text", "ž".repeat(JsonLimits.MOST_BYTES / 2));
        for (JobRequest request : List.of(
                JobRequest.builder(List.of(new Task("far", huge))).build(),
                JobRequest.builder(List.of(new Task("far", Map.of())))
                        .settings(huge)
                        .build())) {
            ProblemException refused = assertThrows(CompletionException.class, () -> running.scheduler
                                            .enqueue(request)
                                            .toCompletableFuture()
                                            .join())
                                    .getCause()
                            instanceof ProblemException problem
                    ? problem
                    : null;
            assertEquals(ProblemCode.TOO_LARGE, refused.code());
        }
    }

    @Test
    void theReasonOfAJobForAThousandModulesIsASentence() {
        List<Task> tasks = java.util.stream.IntStream.range(0, 1_000)
                .mapToObj(i -> new Task("m".repeat(190) + i, Map.of()))
                .toList();
        running.modules.put("here", () -> task -> {});
        running.modulesChanged();
        List<Task> all = new java.util.ArrayList<>(tasks.subList(0, 999));
        all.add(new Task("here", Map.of()));
        Job job = running.scheduler
                .enqueue(JobRequest.builder(all).build())
                .toCompletableFuture()
                .join();
        var why = running.scheduler.why(job.id().toString());
        assertTrue(why.sentence().length() <= TextLimit.REASON.characters());
        assertTrue(why.unblockedBy().length() <= TextLimit.REASON.characters());
    }

    private boolean poll(String worker) {
        return running.workers.poll(worker, null).toCompletableFuture().join().isPresent();
    }

    private static void assertMalformed(org.junit.jupiter.api.function.Executable call) {
        Throwable thrown = assertThrows(RuntimeException.class, call);
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        assertTrue(
                cause instanceof ProblemException problem && problem.code() == ProblemCode.MALFORMED, cause::toString);
    }
}
