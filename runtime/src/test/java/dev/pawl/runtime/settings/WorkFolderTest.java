package dev.pawl.runtime.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.runtime.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    @TempDir
    private Path dir;

    private static String mode(Path folder) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }

    @Test
    void aFolderIsMadeAndOnlyItsGroupKeepsItsRights() throws Exception {
        Path folder = dir.resolve("a/work");
        new WorkFolder(folder).check();
        assertEquals("---", mode(folder).substring(6));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        new WorkFolder(folder).check();
        assertEquals("rwxrwx---", mode(folder));
    }

    @Test
    void aFileIsRefused() throws Exception {
        Path file = Files.createFile(dir.resolve("file"));
        assertEquals(
                "PAWL_WORK_DIR is \"" + file + "\", which is a file; it takes a folder. Choose another.",
                assertThrows(StartException.class, new WorkFolder(file)::check).sentence());
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws Exception {
        Path below = Files.createFile(dir.resolve("file")).resolve("work");
        String refusal =
                assertThrows(StartException.class, new WorkFolder(below)::check).sentence();
        assertTrue(refusal.startsWith("PAWL_WORK_DIR is \"" + below + "\", which cannot be made ("), refusal);
    }
}
