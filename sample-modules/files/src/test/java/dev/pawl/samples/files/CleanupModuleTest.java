package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskCancelledException;
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

    @TempDir
    Path folder;

    private static Map<String, Object> transfer(Path source, Path destination) {
        return Map.of("source", source.toString(), "destination", destination.toString());
    }

    private static RecordingTask copy(Path source, Path destination) {
        return new RecordingTask(Map.of("copy", List.of(transfer(source, destination))));
    }

    private static RecordingTask move(Path source, Path destination) {
        return new RecordingTask(Map.of("move", List.of(transfer(source, destination))));
    }

    private static RecordingTask delete(Path path) {
        return new RecordingTask(Map.of("delete", List.of(path.toString())));
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private static void run(RecordingTask task) throws Exception {
        new CleanupModule().run(task);
    }

    private static String refusal(RecordingTask task) {
        return assertThrows(RunException.class, () -> run(task)).getMessage();
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
        RecordingTask task = new RecordingTask(Map.of(
                "delete",
                List.of(
                        file.toString(),
                        empty.toString(),
                        folder.resolve("gone").toString())));

        run(task);

        assertEquals(List.of(), names());
        assertEquals(folder.resolve("gone") + " is gone already", task.lines.get(2));
        assertEquals(List.of(Map.of("done", 1), Map.of("done", 2), Map.of("done", 3)), task.checkpoints);
        assertEquals(2, task.results.size());
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

        assertEquals("The source " + gone + " does not exist.", refusal(copy(gone, folder.resolve("b"))));
        assertEquals("The source " + gone + " does not exist.", refusal(move(gone, folder.resolve("b"))));
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
                "The folder " + folder.resolve("no") + " of the destination " + folder.resolve("no/b")
                        + " does not exist.",
                refusal(copy(file, folder.resolve("no/b"))));
        assertEquals(List.of("file", "into", "tree"), names());
    }

    @Test
    void twoFilesNeverBecomeOne() throws Exception {
        Path first = file("a", "1");
        Path second = file("b", "2");
        Path archive = folder.resolve("archive");
        RecordingTask task =
                new RecordingTask(Map.of("move", List.of(transfer(first, archive), transfer(second, archive))));

        String message = refusal(task);

        assertTrue(message.contains("must be a folder that exists"), message);
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    void anInterruptedCopyLeavesNothing() throws Exception {
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(64L << 20);
        }
        RecordingTask task = copy(large, folder.resolve("copy"));
        Thread.currentThread().interrupt();

        assertThrows(InterruptedException.class, () -> run(task));
        assertEquals(List.of("large"), names());
    }

    @Test
    void aStoppedCopyLeavesNothing() throws Exception {
        RecordingTask task = copy(file("a", "x"), folder.resolve("b"));
        task.cancelled = true;

        assertThrows(TaskCancelledException.class, () -> run(task));
        assertEquals(List.of("a"), names());
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
        RecordingTask task = copy(file("a", "x"), folder.resolve("b"));
        Files.writeString(folder.resolve(Transfer.hiddenName(task, 0)), "hal");

        new CleanupModule().cleanup(task);

        assertEquals(List.of("a"), names());
    }

    @Test
    void aResumedMoveLeavesANewFileOfTheSameNameAlone() throws Exception {
        Path source = file("a", "old");
        RecordingTask task = move(source, folder.resolve("b"));
        task.dieBeforeCheckpoint = 2; // moved, and not said so yet
        assertThrows(RecordingTask.Killed.class, () -> run(task));
        Files.writeString(source, "new");

        run(task);

        assertEquals("old", Files.readString(folder.resolve("b")));
        assertEquals("new", Files.readString(source));
    }
}
