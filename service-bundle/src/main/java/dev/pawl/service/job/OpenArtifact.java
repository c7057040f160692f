package dev.pawl.service.job;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * An artifact whose contents can be read. Its file stays readable until it is closed, even when it is removed meanwhile.
 *
 * @param artifact its record
 * @param contents its file, open for reading
 */
public record OpenArtifact(JobArtifact artifact, FileChannel contents) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        contents.close();
    }
}
