package dev.pawl.base.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    @TempDir
    Path folder;

    @Test
    void aFileForItsOwnerIsWholeAndAlone() throws IOException {
        Path file = folder.resolve("secret");

        DurableFile.createForOwner(file, "s3cret\n");

        assertEquals("s3cret\n", Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void aFileThatCannotTakeItsPlaceLeavesNoDraft() throws IOException {
        Path occupied = Files.createDirectories(folder.resolve("secret/with/content"));

        assertThrows(IOException.class, () -> DurableFile.createForOwner(folder.resolve("secret"), "s3cret"));

        assertEquals(true, Files.exists(occupied));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(1, all.count());
        }
    }

    @Test
    void filesAndFoldersAreForced() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "text");

        assertDoesNotThrow(() -> DurableFile.force(file));
        assertDoesNotThrow(() -> DurableFile.forceNames(folder));
        assertThrows(IOException.class, () -> DurableFile.force(folder.resolve("absent")));
    }
}
