package dev.pawl.runtime.framework;

import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

    /** The folder beside the bundles that has a folder for each setting with bundles of its own. */
    private static final String WITH = "with";

    /** The folder that has one for each setting whose value stands for other bundles than these. */
    private static final String WITHOUT = "without";

    /** The bundles of a folder that are installed when no setting has a value. */
    public static BundleList of(Path folder) throws StartException {
        return of(folder, setting -> false);
    }

    /**
     * The bundles of a folder: those that are always installed, those in {@code with/<setting>} of the settings that have a value, and those in
     * {@code without/<setting>} of the settings that have none.
     *
     * @param isSet whether a setting has a value
     */
    public static BundleList of(Path folder, Predicate<String> isSet) throws StartException {
        try {
            List<Path> jars = new ArrayList<>(jars(folder));
            if (jars.isEmpty()) {
                throw new StartException(
                        "There are no bundles in " + folder + " of the distribution; unpack or build it again.");
            }
            addOf(folder.resolve(WITH), isSet, jars);
            addOf(folder.resolve(WITHOUT), isSet.negate(), jars);
            List<String> lines = new ArrayList<>();
            for (Path jar : jars) {
                lines.add(jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar) + " " + changed(jar));
            }
            return new BundleList(jars, String.join("\n", lines));
        } catch (IOException unreadable) {
            throw new StartException("The bundles in " + folder + " cannot be read: " + unreadable + ".", unreadable);
        }
    }

    private static void addOf(Path folder, Predicate<String> isMeant, List<Path> jars) throws IOException {
        for (Path setting : entries(folder)) {
            if (isMeant.test(String.valueOf(setting.getFileName()))) {
                jars.addAll(jars(setting));
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        return entries(folder).stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static Object changed(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return unix ? Files.getAttribute(file, "unix:ctime") : "";
    }
}
