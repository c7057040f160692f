package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OpenArtifact;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts of jobs, from the task that leaves them to their end. */
class KeepsArtifactsTest {

    private static final String EMPTY_SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    @Test
    void theyAreThereWhenTheJobHasCompletedAndTheWorkFolderIsGone() throws Exception {
        String id = running.completed(task -> {
            leave(task, "report.txt", "Done.");
            leave(task, "pictures/2026/one.PNG", "");
            Files.createDirectories(task.workDir().resolve("artifacts/empty"));
        });
        assertEquals(List.of("pictures/2026/one.PNG", "report.txt"), paths(id));
        JobArtifact picture = list(id).get(0);
        assertEquals("image/png", picture.contentType());
        assertEquals(0, picture.size());
        assertEquals(EMPTY_SHA, picture.sha256());
        assertEquals("Done.", text(id, "report.txt"));
        assertTrue(
                running.log(id).contains("Artifacts kept: 2, 0.0 MB."),
                running.log(id).toString());
        eventually(
                "the work folder is gone",
                () -> !Files.exists(dir.resolve("work").resolve(id)));
        assertEquals("Done.", text(id, "report.txt"));
        assertEquals(2, filesOf(id));
    }

    @Test
    void aFailedJobKeepsThoseMadeSoFar() throws Exception {
        running.modules.put("m", () -> task -> {
            leave(task, "half.log", "So far.");
            throw new IOException("No more.");
        });
        running.modulesChanged();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.FAILED);
        assertEquals("So far.", text(id, "half.log"));
    }

    @Test
    void aStoppedJobKeepsThoseMadeSoFar() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        running.modules.put("m", () -> task -> {
            leave(task, "half.log", "So far.");
            left.countDown();
            running.letGo.await();
        });
        running.modulesChanged();
        String id = running.start("m");
        left.await();
        running.scheduler.stop(id).toCompletableFuture().join();
        eventually("it is kept", () -> paths(id).equals(List.of("half.log")));
    }

    @Test
    void theThreadOfAStoppedJobThatDoesNotEndLeavesThemToo() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        running.modules.put("m", () -> task -> {
            leave(task, "half.log", "So far.");
            left.countDown();
            awaitUninterruptibly(running.letGo);
        });
        running.modulesChanged();
        String id = running.start("m");
        left.await();
        running.scheduler.stop(id).toCompletableFuture().join();
        eventually("it is kept", () -> paths(id).equals(List.of("half.log")));
    }

    @Test
    void thoseOfATaskAreThereWhileTheNextOneRunsAndCannotBeChangedByIt() throws Exception {
        AtomicReference<List<String>> seen = new AtomicReference<>();
        AtomicReference<String> earlier = new AtomicReference<>();
        AtomicReference<Boolean> empty = new AtomicReference<>();
        running.modules.put("first", () -> task -> {
            leave(task, "log.txt", "one");
            leave(task, "both.txt", "old");
        });
        running.modules.put("second", () -> task -> {
            seen.set(paths(task.jobId()));
            earlier.set(Files.readString(task.artifacts().get("log.txt")));
            empty.set(!Files.exists(task.workDir().resolve("artifacts")));
            leave(task, "both.txt", "new");
        });
        running.modulesChanged();
        String id = running.start("first", "second");
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("both.txt", "log.txt"), seen.get());
        assertTrue(empty.get());
        assertEquals("one", earlier.get());
        assertEquals("new", text(id, "both.txt"));
        assertEquals("one", text(id, "log.txt"));
        assertEquals(1, list(id).get(0).taskIndex());
        assertEquals(0, list(id).get(1).taskIndex());
        eventually("the replaced file is deleted", () -> filesOf(id) == 2);
    }

    @Test
    void aRunThatWasKilledLeavesThemToTheNextOne() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        running.modules.put("m", () -> task -> {
            if (task.epoch() == 1) {
                leave(task, "a.txt", "first run");
                left.countDown();
                running.letGo.await();
            }
        });
        running.modulesChanged();
        String id = running.start("m");
        left.await();
        running.kill();
        running.open();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals("first run", text(id, "a.txt"));
        assertEquals(1, filesOf(id));
    }

    @Test
    void aJobThatIsStoppedWhileItWaitsForItsRetryKeepsThem() throws Exception {
        running.modules.put("m", () -> task -> {
            leave(task, "a.txt", "first attempt");
            throw new IOException("Not yet.");
        });
        running.modulesChanged();
        String id = running.start(request("m")
                .retry(new RetryPolicy(3, Duration.ofHours(1), Duration.ofHours(1)))
                .build());
        eventually("it waits", () -> running.job(id).state().attempt() == 2);
        assertEquals(List.of(), paths(id));
        running.scheduler.stop(id).toCompletableFuture().join();
        eventually("it is kept", () -> paths(id).equals(List.of("a.txt")));
        eventually(
                "the work folder is gone",
                () -> !Files.exists(dir.resolve("work").resolve(id)));
    }

    @Test
    void aDiskThatTakesNothingFailsTheTaskAndLosesNothing() throws Exception {
        Path root = dir.resolve("job-artifacts");
        Files.writeString(root, "in the way");
        running.modules.put("m", () -> task -> leave(task, "a.txt", "important"));
        running.modulesChanged();
        String id = running.start("m");
        String failure =
                String.valueOf(running.awaitStatus(id, JobStatus.FAILED).state().failure());
        assertTrue(failure.contains("The artifacts cannot be kept in " + root), failure);
        eventually("nothing works at it", () -> Files.exists(dir.resolve("work").resolve(id)));
        Files.delete(root);
        running.restart();
        eventually("it is kept", () -> paths(id).equals(List.of("a.txt")));
        assertEquals("important", text(id, "a.txt"));
    }

    @Test
    void filesOfARemovedJobAreDeleted() throws Exception {
        String id = running.completed(task -> leave(task, "a.txt", "x"));
        eventually(
                "the work folder is gone",
                () -> !Files.exists(dir.resolve("work").resolve(id)));
        running.scheduler.remove(id).toCompletableFuture().join();
        eventually(
                "they are gone",
                () -> !Files.exists(dir.resolve("job-artifacts").resolve(id)));
        eventually(
                "nothing is left to delete", () -> running.artifacts.removed(10).isEmpty());
        assertEquals(0, running.artifacts.bytes());
    }

    @Test
    void aNameThatIsNotListedOpensNothing() throws Exception {
        String id = running.completed(task -> leave(task, "a.txt", "x"));
        for (String path : List.of("../a.txt", "/etc/passwd", "a.txt/", "A.TXT", "", "a.txt\0", "..", "1-0-0")) {
            ProblemException refusal =
                    assertThrows(ProblemException.class, () -> running.parts.artifacts.open(id, path));
            assertEquals(ProblemCode.NO_SUCH_ARTIFACT, refusal.code());
        }
    }

    @Test
    void aFileThatWasExchangedOnTheServersDiskIsNotServed() throws Exception {
        String id = running.completed(task -> leave(task, "a.txt", "x"));
        Path file =
                dir.resolve("job-artifacts").resolve(id).resolve(list(id).get(0).file());
        Files.delete(file);
        Files.createSymbolicLink(file, Files.writeString(dir.resolve("secret"), "y"));
        ProblemException refusal =
                assertThrows(ProblemException.class, () -> running.parts.artifacts.open(id, "a.txt"));
        assertEquals(ProblemCode.ARTIFACT_FILE_LOST, refusal.code());
    }

    @Test
    void aJobWithoutArtifactsHasNoFolderOfThem() throws Exception {
        String id = running.completed(task -> Files.writeString(task.workDir().resolve("a.txt"), "x"));
        assertEquals(List.of(), paths(id));
        eventually(
                "the work folder is gone",
                () -> !Files.exists(dir.resolve("work").resolve(id)));
        assertFalse(Files.exists(dir.resolve("job-artifacts")));
    }

    private static void leave(TaskContext task, String name, String text) throws IOException {
        Path file = task.workDir().resolve("artifacts").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException again) {
                Thread.interrupted(); // such modules exist
            }
        }
    }

    private List<JobArtifact> list(String id) {
        return running.parts.artifacts.page(id, "", 100).artifacts();
    }

    private List<String> paths(String id) {
        return list(id).stream().map(JobArtifact::path).toList();
    }

    private String text(String id, String path) throws IOException {
        try (OpenArtifact open = running.parts.artifacts.open(id, path)) {
            return new String(Channels.newInputStream(open.contents()).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private long filesOf(String id) throws IOException {
        try (var files = Files.list(dir.resolve("job-artifacts").resolve(id))) {
            return files.count();
        }
    }
}
