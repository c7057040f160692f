package dev.pawl.cli.shell;

import java.io.IOException;
import java.util.Optional;

/** The source of command lines. For one thread. */
interface LineSource extends AutoCloseable {

    /** The next line; empty at the end. */
    Optional<String> next() throws IOException;

    /** Whether a person types the lines, and goes on after one that failed. */
    boolean isTyped();

    @Override
    void close() throws IOException;
}
