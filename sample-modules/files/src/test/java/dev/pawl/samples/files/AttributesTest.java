package dev.pawl.samples.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Permissions, times and names of the files that the module makes. */
final class AttributesTest {

    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    private Path elsewhere;

    @BeforeEach
    void findAnotherFolder() throws IOException {
        elsewhere =
                Files.createTempDirectory(Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : folder, "pawl");
    }

    @AfterEach
    void emptyIt() throws IOException {
        Deletion.deleteTree(elsewhere);
    }

    private void run(String action, Map<String, Object> step) {
        HarnessRun run = JobHarness.of(CleanupModule::new)
                .inputs(Map.of(action, List.of(step)))
                .roots(folder, elsewhere)
                .run();
        assertEquals(Outcome.COMPLETED, run.outcome(), () -> String.valueOf(run.thrown()));
    }

    private static Map<String, Object> step(Path source, Path destination) {
        return Map.of("source", source.toString(), "destination", destination.toString());
    }

    private static Map<String, Object> step(Path source, Path destination, String mode) {
        return Map.of("source", source.toString(), "destination", destination.toString(), "mode", mode);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aMoveToAnotherFileSystemKeepsPermissionsAndTimes() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Path file = Files.writeString(tree.resolve("a"), "a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-x---"));
        Files.setLastModifiedTime(file, LONG_AGO);
        Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(tree, LONG_AGO);

        run("move", step(tree, elsewhere.resolve("moved")));

        assertEquals("r-xr-x---", permissions(elsewhere.resolve("moved/a")));
        assertEquals(LONG_AGO, Files.getLastModifiedTime(elsewhere.resolve("moved/a")));
        assertEquals("rwxr-x---", permissions(elsewhere.resolve("moved")));
        assertEquals(LONG_AGO, Files.getLastModifiedTime(elsewhere.resolve("moved")));
    }

    @Test
    void aModeIsThatOfTheTargetHoweverItComesThere() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        run("copy", step(file, folder.resolve("copy"), "0640"));
        assertEquals("rw-r-----", permissions(folder.resolve("copy")));
        assertEquals("rwx------", permissions(file));

        run("move", step(file, folder.resolve("renamed"), "444"));
        assertEquals("r--r--r--", permissions(folder.resolve("renamed")));

        run("move", step(folder.resolve("renamed"), elsewhere.resolve("far"), "0600"));
        assertEquals("rw-------", permissions(elsewhere.resolve("far")));
    }

    @Test
    void foldersWithAModeCanBeEnteredByTheirReaders() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("tree/sub")).getParent();
        Files.writeString(tree.resolve("sub/a"), "a");

        run("copy", step(tree, folder.resolve("copy"), "640"));

        assertEquals("rwxr-x---", permissions(folder.resolve("copy/sub")));
        assertEquals("rw-r-----", permissions(folder.resolve("copy/sub/a")));
    }

    @Test
    void namesOfAnyCharactersAreKept() throws Exception {
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding"))
                        .newEncoder()
                        .canEncode("größe – 映画 🎬"),
                "the locale of the tests has these characters; bin/pawl always takes one that has");
        Path file = Files.writeString(folder.resolve("größe – 映画 🎬.mkv"), "film");

        run("move", step(file, elsewhere));

        assertEquals("film", Files.readString(elsewhere.resolve("größe – 映画 🎬.mkv")));
    }

    @Test
    void namesThatAreNoTextAreKeptInAFolder() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        shell("printf film > \"$1/$(printf 'a\\377b')\"", tree);

        run("move", step(tree, elsewhere.resolve("moved")));

        assertArrayEquals(new byte[] {'a', (byte) 0xFF, 'b', '\n'}, shell("ls \"$1\"", elsewhere.resolve("moved")));
    }

    private static byte[] shell(String script, Path folder) throws Exception {
        Process shell = new ProcessBuilder("/bin/sh", "-c", script, "sh", folder.toString())
                .redirectErrorStream(true)
                .start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        shell.getInputStream().transferTo(out);
        assertTrue(shell.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, shell.exitValue(), out::toString);
        return out.toByteArray();
    }
}
