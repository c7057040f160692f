package dev.pawl.it.authors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A local Maven repository of a new user, who has everything from Maven Central already and nothing of Pawl.
 *
 * @param folder a folder of links into the repository of this build
 */
record LocalRepository(Path folder) {

    private static final Path OF_BUILD = Path.of(System.getProperty("pawl.maven.repository"));

    /** Links everything but Pawl's own artifacts. */
    static LocalRepository in(Path folder) throws IOException {
        link(OF_BUILD, Files.createDirectories(folder), "dev");
        link(OF_BUILD.resolve("dev"), Files.createDirectories(folder.resolve("dev")), "pawl");
        return new LocalRepository(folder);
    }

    private static void link(Path from, Path to, String but) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(but)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
                }
            }
        }
    }
}
