package dev.pawl.runtime.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

/**
 * The unpacked distribution.
 *
 * @param home the folder that holds {@code bin}, {@code lib}, {@code bundles}, {@code modules} and {@code etc}
 * @param version the version of Pawl
 * @param slf4jVersion the version of the slf4j-api that the launcher shares with the bundles
 * @param osgiLogVersion the version of org.osgi.service.log
 */
public record Distribution(Path home, String version, String slf4jVersion, String osgiLogVersion) {

    /**
     * The distribution from which this class was loaded: {@code pawl.home} when {@code bin/pawl} sets it, else the folder above {@code
     * lib}.
     */
    public static Distribution find() {
        String stated = System.getProperty("pawl.home");
        Path home = stated == null ? aboveLib() : Path.of(stated);
        Properties built = built();
        return new Distribution(
                home.toAbsolutePath().normalize(),
                built.getProperty("version"),
                built.getProperty("slf4j.version"),
                built.getProperty("osgi.log.version"));
    }

    public Path bundles() {
        return home.resolve("bundles");
    }

    public Path modules() {
        return home.resolve("modules");
    }

    public Path etc() {
        return home.resolve("etc");
    }

    public boolean isComplete() {
        return Files.isDirectory(bundles()) && Files.isDirectory(etc());
    }

    private static Path aboveLib() {
        Path here = Path.of(URI.create(Distribution.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        Path lib = here.toAbsolutePath().getParent();
        return lib == null || lib.getParent() == null ? here : lib.getParent();
    }

    private static Properties built() {
        Properties built = new Properties();
        try (InputStream stream = Objects.requireNonNull(
                Distribution.class.getResourceAsStream("built.properties"), "built.properties")) {
            built.load(stream);
            return built;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The jar of the launcher is damaged.", unreadable);
        }
    }
}
