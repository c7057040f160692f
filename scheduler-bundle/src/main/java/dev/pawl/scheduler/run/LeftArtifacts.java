package dev.pawl.scheduler.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the files that tasks have left as artifacts in a work folder. */
public final class LeftArtifacts {

    private static final String FOLDER = "artifacts";

    private LeftArtifacts() {}

    /** The files, by their names relative to the folder of artifacts; links are none. */
    public static Map<String, Path> in(Path workDir) {
        Path folder = workDir.resolve(FOLDER);
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(folder)) {
                all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .forEach(path -> files.put(folder.relativize(path).toString(), path));
            } catch (IOException e) {
                throw new UncheckedIOException("The artifacts in " + folder + " cannot be listed.", e);
            }
        }
        return files;
    }
}
