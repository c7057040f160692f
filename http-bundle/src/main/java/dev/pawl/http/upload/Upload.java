package dev.pawl.http.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An uploaded file, which is deleted when closed. */
public record Upload(Path file) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Deletes it after another failure; a file that cannot be deleted is removed at the next start. */
    void discard() {
        try {
            close();
        } catch (IOException e) {
            LOG.debug("The upload {} was left behind", file, e);
        }
    }
}
