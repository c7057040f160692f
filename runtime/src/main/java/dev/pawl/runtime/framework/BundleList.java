package dev.pawl.runtime.framework;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bundles of the distribution.
 *
 * @param files the jars, by name
 * @param fingerprint a text that changes with any file's path, size or times; the time of change is included, since archives restore the
 *         time of modification
 */
public record BundleList(List<Path> files, String fingerprint) {

    public BundleList {
        files = List.copyOf(files);
    }

    public static BundleList of(Path folder) throws StartException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> jars = entries.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.isEmpty()) {
                throw new StartException(
                        "There are no bundles in " + folder + " of the distribution; unpack or build it again.");
            }
            List<String> lines = new ArrayList<>();
            for (Path jar : jars) {
                lines.add(jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar) + " " + changed(jar));
            }
            return new BundleList(jars, String.join("\n", lines));
        } catch (IOException unreadable) {
            throw new StartException("The bundles in " + folder + " cannot be read: " + unreadable + ".", unreadable);
        }
    }

    private static Object changed(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return unix ? Files.getAttribute(file, "unix:ctime") : "";
    }
}
