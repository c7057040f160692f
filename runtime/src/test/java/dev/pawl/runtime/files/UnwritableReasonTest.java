package dev.pawl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwritableReasonTest {

    private static final String RIGHT = "Give this user the right to.";

    @TempDir
    private Path folder;

    @Test
    void aFullDiskIsNoMatterOfRights() {
        Path data = folder.resolve("data");
        for (String text : new String[] {"No space left on device", "Disk quota exceeded"}) {
            assertEquals(
                    "The disk is full: make room on the file system of " + data + ".",
                    UnwritableReason.advice(data, new IOException(text), RIGHT));
        }
    }

    @Test
    void whereThereIsRoomTheAdviceStays() {
        assertEquals(RIGHT, UnwritableReason.advice(folder, new AccessDeniedException("x"), RIGHT));
    }
}
