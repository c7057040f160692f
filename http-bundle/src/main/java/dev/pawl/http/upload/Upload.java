package dev.pawl.http.upload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that was sent, which goes away when closed. */
public record Upload(Path file) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Closes it where something else has gone wrong already; what stays behind is removed at the next start. */
    void discard() {
        try {
            close();
        } catch (IOException e) {
            LOG.debug("The upload {} stays behind", file, e);
        }
    }
}
