package dev.pawl.cli.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines from standard input. */
final class PipedLines implements LineSource {
    private final BufferedReader reader;

    PipedLines(InputStream input) {
        reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> next() throws IOException {
        return Optional.ofNullable(reader.readLine());
    }

    @Override
    public boolean isTyped() {
        return false;
    }

    @Override
    public void close() {
        // standard input is the process's own
    }
}
