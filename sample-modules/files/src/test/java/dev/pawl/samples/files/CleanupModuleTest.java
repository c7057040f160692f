package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CleanupModuleTest {

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @TempDir
    Path folder;

    private static Map<String, Object> transfer(Path source, Path destination) {
        return Map.of("source", source.toString(), "destination", destination.toString());
    }

    private static JobHarness copy(Path source, Path destination) {
        return job(Map.of("copy", List.of(transfer(source, destination))));
    }

    private static JobHarness move(Path source, Path destination) {
        return job(Map.of("move", List.of(transfer(source, destination))));
    }

    private static JobHarness delete(Path path) {
        return job(Map.of("delete", List.of(path.toString())));
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static JobHarness job(Map<String, Object> inputs) {
        return JobHarness.of(CleanupModule::new).inputs(inputs).roots(TEMPORARY, Path.of("/dev/shm"));
    }

    private static HarnessRun run(JobHarness job) {
        HarnessRun run = job.run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
        return run;
    }

    private static String refusal(JobHarness job) {
        return assertInstanceOf(RunException.class, job.run().thrown()).getMessage();
    }

    private static String invalid(JobHarness job) {
        return assertInstanceOf(ValidationException.class, job.run().thrown()).getMessage();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void deletesFilesAndEmptyFoldersAndSkipsWhatIsGone() throws Exception {
        Path file = file("a", "x");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        JobHarness job = job(Map.of(
                "delete",
                List.of(
                        file.toString(),
                        empty.toString(),
                        folder.resolve("gone").toString())));

        HarnessRun run = run(job);

        assertEquals(List.of(), names());
        assertEquals(
                folder.resolve("gone") + " was already deleted", run.lines().get(2));
        assertEquals(Map.of("done", 3, "worked", 3), run.checkpoint());
        assertEquals(100, run.percent());
        assertEquals(2, run.results().size());
    }

    @Test
    void aFolderThatIsNotEmptyStaysAndIsNamed() throws Exception {
        file("full/a", "x");

        String message = refusal(delete(folder.resolve("full")));

        assertTrue(message.startsWith("The folder " + folder.resolve("full") + " is not empty"), message);
        assertTrue(Files.exists(folder.resolve("full/a")));
    }

    @Test
    void deletesALinkAndNotWhatItPointsAt() throws Exception {
        Path file = file("full/a", "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file.getParent());

        run(delete(link));

        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertTrue(Files.exists(file));
    }

    @Test
    void copiesAFileWithItsAttributes() throws Exception {
        Path source = file("a", "content");
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000_000L));
        Path copy = folder.resolve("b");

        run(copy(source, copy));

        assertEquals("content", Files.readString(copy));
        assertEquals("rwxr-x--x", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        assertEquals(1_000_000_000_000L, Files.getLastModifiedTime(copy).toMillis());
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void copiesAFolderWithTheLinksInIt() throws Exception {
        Path source = file("tree/sub/a", "content").getParent().getParent();
        Files.createSymbolicLink(source.resolve("link"), Path.of("sub"));
        Path copy = folder.resolve("copy");

        run(copy(source, copy));

        assertEquals("content", Files.readString(copy.resolve("sub/a")));
        assertEquals(Path.of("sub"), Files.readSymbolicLink(copy.resolve("link")));
        assertEquals(List.of("copy", "tree"), names());
    }

    @Test
    void aDestinationThatIsAFolderTakesTheFileIn() throws Exception {
        Files.createDirectory(folder.resolve("into"));

        run(move(file("a", "content"), folder.resolve("into")));

        assertEquals("content", Files.readString(folder.resolve("into/a")));
        assertEquals(List.of("into"), names());
    }

    @Test
    void replacesAFileAndLeavesWhatALinkPointsAt() throws Exception {
        Path target = file("precious", "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);

        run(copy(file("a", "new"), link));

        assertEquals("old", Files.readString(target));
        assertEquals("new", Files.readString(link));
        assertFalse(Files.isSymbolicLink(link));
    }

    @Test
    void aMissingSourceIsNamed() {
        Path gone = folder.resolve("gone");

        String message = ".source is " + gone + ", which does not exist, and no earlier task of the job makes it.";
        assertEquals("copy[0]" + message, invalid(copy(gone, folder.resolve("b"))));
        assertEquals("move[0]" + message, invalid(move(gone, folder.resolve("b"))));
    }

    @Test
    void whatIsInTheWayIsNamedAndStays() throws Exception {
        Path source = file("tree/a", "x").getParent();
        Path file = file("file", "y");
        file("into/tree/b", "z");

        assertEquals(
                "The destination " + folder.resolve("into/tree") + " is a folder, which is not replaced.",
                refusal(copy(source, folder.resolve("into"))));
        assertEquals("The destination " + file + " is a file, which no folder replaces.", refusal(move(source, file)));
        assertEquals(
                "The destination " + source.resolve("tree") + " lies inside the source " + source + ".",
                refusal(move(source, source)));
        assertEquals(
                "The source " + file + " and the destination " + file + " are the same.", refusal(copy(file, file)));
        assertEquals(
                "copy[0].destination is " + folder.resolve("no/b") + ", but there is no folder " + folder.resolve("no")
                        + "; create it first.",
                invalid(copy(file, folder.resolve("no/b"))));
        assertEquals(List.of("file", "into", "tree"), names());
    }

    @Test
    void twoFilesNeverBecomeOne() throws Exception {
        Path first = file("a", "1");
        Path second = file("b", "2");
        Path archive = folder.resolve("archive");
        JobHarness job = job(Map.of("move", List.of(transfer(first, archive), transfer(second, archive))));

        String message = refusal(job);

        assertTrue(message.contains("must be a folder that exists"), message);
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void anInterruptedCopyLeavesNothing() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        Thread.currentThread().interrupt();

        HarnessRun run = copy(large, folder.resolve("copy")).run();

        assertInstanceOf(InterruptedException.class, run.thrown());
        assertEquals(List.of("large"), names());
    }

    @Test
    void aFailedCopyLeavesNothing() throws Exception {
        Path source = file("tree/a", "x").getParent();
        Process fifo = new ProcessBuilder("mkfifo", source.resolve("z").toString()).start();
        assertEquals(0, fifo.waitFor());

        String message = refusal(copy(source, folder.resolve("copy")));

        assertTrue(message.contains("it is neither a file nor a folder"), message);
        assertEquals(List.of("tree"), names());
    }

    @Test
    void cleanupRemovesWhatAKilledCopyLeft() throws Exception {
        Path source = file("a", "x");
        Module killedThenStopped = new Module() {
            @Override
            public void run(TaskContext task) throws Exception {
                Files.writeString(folder.resolve(Transfer.hiddenName(task, 0)), "hal");
                throw new RunException("The job was stopped before it went on.");
            }

            @Override
            public void cleanup(TaskContext task) throws CleanupException {
                new CleanupModule().cleanup(task);
            }
        };

        JobHarness.of(() -> killedThenStopped)
                .inputs(Map.of("copy", List.of(transfer(source, folder.resolve("b")))))
                .roots(folder)
                .run();

        assertEquals(List.of("a"), names());
    }

    @Test
    void aResumedMoveLeavesANewFileOfTheSameNameAlone() throws Exception {
        Path source = file("a", "old");
        JobHarness job = move(source, folder.resolve("b")).killAtEmit(1); // moved, no checkpoint yet
        assertEquals(Outcome.KILLED, job.run().outcome());
        Files.writeString(source, "new");

        run(job);

        assertEquals("old", Files.readString(folder.resolve("b")));
        assertEquals("new", Files.readString(source));
    }
}
