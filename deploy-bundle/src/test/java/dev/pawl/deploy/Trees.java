package dev.pawl.deploy;

import dev.pawl.deploy.artifact.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Copies folders and compares them. */
final class Trees {

    private Trees() {}

    static void copy(Path from, Path to) throws IOException {
        for (Path path : paths(from)) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    /** The digests of all files in a folder, except the framework's own cache. */
    static Map<Path, String> digests(Path root) throws IOException {
        Map<Path, String> digests = new TreeMap<>();
        for (Path path : paths(root)) {
            if (Files.isRegularFile(path) && !path.startsWith(root.resolve("cache"))) {
                digests.put(root.relativize(path), Artifacts.digest(path));
            }
        }
        return digests;
    }

    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.toList();
        }
    }
}
