package dev.pawl.http.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that was sent, which goes away when closed. */
public record Upload(Path file) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
