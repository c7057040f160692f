package dev.pawl.cli.develop;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * How Maven builds a project, as a plugin of the build wrote it down.
 *
 * @param file the file that says it
 * @param written when it was written
 * @param jar the jar that Maven makes
 * @param release the release of Java that it is compiled for
 * @param classPath the jars that it is compiled against
 * @param tools the jars of bnd and of its plugins
 */
record BuildSettings(Path file, FileTime written, Path jar, String release, List<Path> classPath, List<Path> tools) {

    /** Reads the file of a project; none when there is none, or when it is older than the files that say how the project is built. */
    static Optional<BuildSettings> current(ProjectFile project) throws IOException {
        Path file = project.buildSettings();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        FileTime written = Files.getLastModifiedTime(file);
        for (Path description : project.descriptions()) {
            if (Files.exists(description)
                    && Files.getLastModifiedTime(description).compareTo(written) > 0) {
                return Optional.empty();
            }
        }
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            settings.load(in);
        }
        BuildSettings read = new BuildSettings(
                file,
                written,
                Path.of(settings.getProperty("jar", "")),
                settings.getProperty("release", ""),
                paths(settings.getProperty("class-path", "")),
                paths(settings.getProperty("tools", "")));
        boolean whole = !read.release.isEmpty()
                && !read.tools.isEmpty()
                && read.tools.stream().allMatch(Files::exists)
                && read.classPath.stream().allMatch(Files::exists);
        return whole ? Optional.of(read) : Optional.empty();
    }

    private static List<Path> paths(String joined) {
        return Arrays.stream(joined.split(File.pathSeparator, -1))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .toList();
    }
}
