package dev.pawl.cli.client;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file as it arrives.
 *
 * @param contents the bytes; a read throws when the connection breaks
 * @param isRest whether they begin where the request asked, and not at the file's beginning
 */
public record FileStream(InputStream contents, boolean isRest) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        contents.close();
    }
}
