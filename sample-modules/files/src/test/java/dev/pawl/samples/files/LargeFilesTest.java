package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose copying takes time and space, from one file system to another. */
final class LargeFilesTest {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int MEGABYTE = 1 << 20;
    private static final Duration MOST_FOR_A_STOP = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private Path elsewhere;

    @BeforeEach
    void findAnotherFileSystem() throws IOException {
        assumeTrue(Files.isWritable(MEMORY), "there is a second file system");
        elsewhere = Files.createTempDirectory(MEMORY, "pawl");
        assumeTrue(
                !Files.getFileStore(elsewhere).equals(Files.getFileStore(folder)),
                "the second file system differs from the first");
    }

    @AfterEach
    void emptyIt() throws IOException {
        Deletion.deleteTree(elsewhere);
    }

    private Path file(String name, long megabytes) throws IOException {
        Path file = folder.resolve(name);
        byte[] megabyte = new byte[MEGABYTE];
        new Random(megabytes).nextBytes(megabyte);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (long n = 0; n < megabytes; n++) {
                out.write(megabyte);
            }
        }
        return file;
    }

    private static Map<String, Object> pair(Path source, Path destination) {
        return Map.of("source", source.toString(), "destination", destination.toString());
    }

    private JobHarness job(Map<String, Object> inputs) {
        return JobHarness.of(CleanupModule::new).inputs(inputs).roots(folder, elsewhere);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theProgressCountsBytes() throws Exception {
        Path small = file("small", 1);
        Path large = file("large", 7);
        JobHarness job = job(Map.of("move", List.of(pair(small, elsewhere), pair(large, elsewhere))));

        HarnessRun half = job.pauseAtCheckpoint(2).run(); // the first step is done

        assertEquals(Outcome.PAUSED, half.outcome(), () -> String.valueOf(half.thrown()));
        assertEquals(12.5, half.percent(), 0.1);
        assertEquals(MEGABYTE, half.info().get("copied_bytes"));
        HarnessRun whole = job.run();
        assertEquals(Outcome.COMPLETED, whole.outcome(), () -> String.valueOf(whole.thrown()));
        assertEquals(100, whole.percent());
        assertEquals(7 * MEGABYTE, whole.info().get("bytes"));
        assertEquals(-1, Files.mismatch(elsewhere.resolve("large"), file("large", 7)));
    }

    @Test
    void aStopInTheMiddleOfACopyLeavesTheSourceAlone() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile out = new RandomAccessFile(large.toFile(), "rw")) {
            out.setLength(2_000L * MEGABYTE); // a hole: reading costs no disk, writing would take seconds
        }
        JobHarness job = job(Map.of("copy", List.of(pair(large, folder.resolve("copy")))));
        CompletableFuture<Long> stopped = CompletableFuture.supplyAsync(() -> {
            awaitHalfMadeCopy();
            long asked = System.nanoTime();
            job.stop();
            return asked;
        });

        HarnessRun run = job.run();
        Duration took = Duration.ofNanos(System.nanoTime() - stopped.get(10, TimeUnit.SECONDS));

        assertEquals(Outcome.STOPPED, run.outcome(), () -> String.valueOf(run.thrown()));
        assertTrue(took.compareTo(MOST_FOR_A_STOP) < 0, "took " + took);
        assertEquals(List.of("large"), names(folder));
    }

    /** Without the interrupt that a real stop sends after its grace. */
    @Test
    void aCopyThatIsAskedToEndLeavesNothing() throws Exception {
        Path large = file("large", 1);
        Module stopped =
                task -> assertThrows(TaskCancelledException.class, () -> new CleanupModule().run(stopped(task)));

        HarnessRun run = JobHarness.of(() -> stopped)
                .inputs(Map.of("copy", List.of(pair(large, folder.resolve("copy")))))
                .roots(folder)
                .run();

        assertEquals(Outcome.COMPLETED, run.outcome());
        assertEquals(List.of("large"), names(folder));
    }

    private static TaskContext stopped(TaskContext task) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("throwIfCancelled") && hasHalfMadeCopy(task)) {
                        throw new TaskCancelledException("The job was stopped.");
                    }
                    return method.invoke(task, arguments);
                });
    }

    private static boolean hasHalfMadeCopy(TaskContext task) {
        Path root = task.files().roots().get(0);
        return Files.exists(root.resolve(Transfer.hiddenName(task, 0)));
    }

    private void awaitHalfMadeCopy() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadline) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.anyMatch(file ->
                        file.toString().endsWith(".part") && file.toFile().length() > MEGABYTE)) {
                    return;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void theNextRunBeginsAgainWithAFileThatWasHalfCopied() throws Exception {
        Path large = file("large", 3);
        JobHarness job = job(Map.of("move", List.of(pair(large, elsewhere))));
        String jobId = "5f0c3c1e-6f6b-4b0e-9d9b-6a7a3b1c2d3e";
        Files.write(elsewhere.resolve(".pawl-" + jobId + "-0-0.part"), new byte[2 * MEGABYTE]);

        assertEquals(Outcome.COMPLETED, job.run().outcome());

        assertEquals(List.of("large"), names(elsewhere));
        assertEquals(-1, Files.mismatch(elsewhere.resolve("large"), file("again", 3)));
    }

    @Test
    void tooLittleSpaceIsSaidBeforeAnythingIsDone() throws Exception {
        Path first = file("first", 1);
        Path huge = folder.resolve("huge");
        long bytes = elsewhere.toFile().getUsableSpace() + MEGABYTE;
        try (RandomAccessFile out = new RandomAccessFile(huge.toFile(), "rw")) {
            out.setLength(bytes);
        }

        HarnessRun run = job(Map.of("copy", List.of(pair(first, elsewhere), pair(huge, elsewhere))))
                .run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        String message = run.thrown().getMessage();
        assertTrue(message.startsWith(String.format("The copy of %s takes %,d bytes, but", huge, bytes)), message);
        assertTrue(message.endsWith("free; make room there, or choose another destination."), message);
        assertEquals(List.of(), names(elsewhere));
    }

    @Test
    void aFolderThatGrowsWhileItIsMovedStays() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("a"), "a");
        JobHarness job = job(Map.of("move", List.of(pair(tree, elsewhere))));
        assertEquals(Outcome.PAUSED, job.pauseAtCheckpoint(2).run().outcome()); // copied, not yet in its place
        Files.writeString(tree.resolve("late"), "late");

        HarnessRun run = job.run();

        assertEquals(Outcome.RUN_FAILED, run.outcome());
        assertTrue(
                run.thrown().getMessage().contains("it is still there"),
                run.thrown().getMessage());
        assertEquals("late", Files.readString(tree.resolve("late")));
        assertEquals("a", Files.readString(tree.resolve("a")));
    }

    @Test
    void aFolderIsCoveredByACopyThatHasAllOfItsFiles() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/sub")).getParent();
        Files.writeString(tree.resolve("sub/a"), "a");
        Path copy = Files.createDirectories(folder.resolve("copy/sub")).getParent();
        Files.writeString(copy.resolve("more"), "x");
        assertFalse(Resemblance.isCovered(tree, copy));

        Files.copy(tree.resolve("sub/a"), copy.resolve("sub/a"), StandardCopyOption.COPY_ATTRIBUTES);
        assertTrue(Resemblance.isCovered(tree, copy));

        Files.writeString(tree.resolve("sub/a"), "ab");
        assertFalse(Resemblance.isCovered(tree, copy));
    }
}
