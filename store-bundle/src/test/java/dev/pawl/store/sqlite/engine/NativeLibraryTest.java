package dev.pawl.store.sqlite.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

    @TempDir
    private Path folder;

    @Test
    void theLibraryLiesInTheFolderAndNoPropertySaysSoToOtherDrivers() throws Exception {
        Properties before = (Properties) System.getProperties().clone();

        NativeLibrary.keepIn(folder);

        assertEquals(before, System.getProperties());
        try (Stream<Path> files = Files.walk(folder)) {
            assertTrue(files.anyMatch(Files::isRegularFile));
        }
    }
}
