package dev.pawl.cli.project;

import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.command.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The installation that this command belongs to, as far as the build of a module needs it.
 *
 * @param repository the Maven repository with the API, the parent and the testkit
 * @param version the version of everything in it
 */
record Installation(Path repository, String version) {

    private static final String PARENT = "dev/pawl/pawl-module-parent";

    /** Finds it by the property that {@code bin/pawl} sets. */
    static Installation find() throws UsageException, IOException {
        String home = System.getProperty("pawl.home", "");
        Installation found = new Installation(
                Path.of(home).resolve("lib/repository").toAbsolutePath().normalize(), Version.number());
        if (home.isEmpty() || !Files.isDirectory(found.repository.resolve(PARENT))) {
            throw new UsageException("This installation does not have the files for module authors; the folder "
                    + found.repository + " is missing. Unpack the whole archive of Pawl.");
        }
        return found;
    }

    /**
     * The address for Maven: a space is %20 in it, since .mvn/maven.config is split at spaces; letters beyond ASCII stand as they are, since
     * Maven reads the bytes of their escapes as a letter each.
     */
    String url() {
        return "file://" + repository.toString().replace("%", "%25").replace(" ", "%20");
    }

    /** The parent POM. */
    String parent() throws IOException {
        try (Stream<Path> files = Files.walk(repository.resolve(PARENT))) {
            Path pom = files.filter(file -> file.toString().endsWith(version + ".pom"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("There is no " + PARENT + " " + version + " in " + repository
                            + "; unpack the archive of Pawl anew."));
            return Files.readString(pom);
        }
    }
}
