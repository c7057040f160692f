package dev.pawl.cli.develop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of temporary files of a process. */
class ScratchFolderTest {

    @TempDir
    Path parent;

    @Test
    void itIsDeletedWithWhatIsInIt() throws Exception {
        try (ScratchFolder made = ScratchFolder.make(parent)) {
            Files.writeString(made.path().resolve("file"), "x");
        }
        try (Stream<Path> left = Files.list(parent)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void thoseOfKilledProcessesAreDeletedAndThoseInUseAreNot() throws Exception {
        Path killed = Files.createDirectories(parent.resolve("pawl-dev-123"));
        Files.writeString(killed.resolve("lock"), "");
        Path foreign = Files.createDirectories(parent.resolve("pawl-dev-of-somebody"));

        try (ScratchFolder one = ScratchFolder.make(parent);
                ScratchFolder two = ScratchFolder.make(parent)) {
            assertTrue(Files.isDirectory(one.path()));
            assertTrue(Files.isDirectory(two.path()));
        }
        assertFalse(Files.exists(killed));
        assertTrue(Files.exists(foreign));
    }
}
