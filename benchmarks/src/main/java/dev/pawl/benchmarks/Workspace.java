package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new folder for what a benchmark writes, deleted at its end.
 *
 * @param path its place, in the folder for temporary files
 */
record Workspace(Path path) implements AutoCloseable {

    static Workspace create(String benchmark) throws IOException {
        return new Workspace(Files.createTempDirectory("pawl-" + benchmark));
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
