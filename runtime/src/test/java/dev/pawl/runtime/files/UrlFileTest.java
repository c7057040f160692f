package dev.pawl.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlFileTest {

    @TempDir
    private Path folder;

    @Test
    void theAddressReplacesAnOldOneAndLeavesNothingBeside() throws Exception {
        UrlFile file = new UrlFile(folder.resolve("server.url"));
        file.write(URI.create("http://127.0.0.1:1"));

        file.write(URI.create("http://127.0.0.1:2"));

        assertEquals("http://127.0.0.1:2\n", Files.readString(file.path()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file.path()), files.toList());
        }
    }

    @Test
    void deletingTwiceIsNoError() throws Exception {
        UrlFile file = new UrlFile(folder.resolve("server.url"));
        file.write(URI.create("http://127.0.0.1:1"));

        assertTrue(file.delete().isEmpty());
        assertTrue(file.delete().isEmpty());
        assertFalse(Files.exists(file.path()));
    }
}
