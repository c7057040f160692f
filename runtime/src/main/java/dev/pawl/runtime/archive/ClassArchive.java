package dev.pawl.runtime.archive;

import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.framework.BundleList;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The two archives of classes that {@code bin/pawl} lets the JVM map, for a faster start: one for the server, one for all other commands.
 * The JVM itself checks that an archive fits; the stamp beside them tells whether they were made for this Java and these jars.
 *
 * @param files the path that the names of the archives and of the stamp begin with
 */
public record ClassArchive(Distribution distribution, Path files) {

    /** The system property by which {@code bin/pawl} says where the archives are or belong. */
    private static final String PLACE = "pawl.class.archive";

    /** The archives of this process; empty when there is no place for them, or the operator wants none. */
    public static Optional<ClassArchive> ofProcess(Distribution distribution) {
        String place = System.getProperty(PLACE, "");
        return place.isEmpty() ? Optional.empty() : Optional.of(new ClassArchive(distribution, Path.of(place)));
    }

    /** A text that changes with this Java, and with each jar of the distribution. */
    public static String fingerprint(Distribution distribution) throws StartException {
        return String.join(
                "\n",
                System.getProperty("java.vm.version"),
                System.getProperty("java.home"),
                System.getProperty("os.arch"),
                BundleList.of(distribution.home().resolve("lib")).fingerprint(),
                BundleList.of(distribution.bundles()).fingerprint());
    }

    /** Whether there are any, of whatever Java and jars; an empty one says that this Java makes none. */
    public boolean exists() {
        return Files.exists(of("-server.jsa")) && Files.exists(of("-commands.jsa"));
    }

    /** Whether they were made for this Java and these jars. */
    public boolean isCurrent() {
        try {
            return exists() && Files.readString(of(".stamp")).equals(fingerprint(distribution));
        } catch (IOException | StartException unknown) {
            return false;
        }
    }

    /** Has another process write them, with the lowest priority; that process may outlive this one, and says nothing. */
    public void renew() {
        try {
            Path script = distribution.home().resolve("bin/write-class-archive");
            new ProcessBuilder(List.of("nice", "-n", "19", script.toString(), files.toString()))
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException impossible) {
            return; // a system without these programs does without
        }
    }

    private Path of(String end) {
        return files.resolveSibling(files.getFileName() + end);
    }
}
