package dev.pawl.deploy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Where things lie.
 *
 * @param data the server's data folder
 * @param modules the folder that is watched
 * @param distribution the folder of the modules that ship with the distribution
 */
record Folders(Path data, Path modules, Path distribution) {

    /** Reads the framework properties that the launcher sets. */
    static Folders of(BundleContext context) {
        Path data = path(context.getProperty("pawl.data.dir"), Path.of(System.getProperty("user.home"), ".pawl"));
        Path home = path(context.getProperty("pawl.home"), Path.of(""));
        return new Folders(
                data,
                path(context.getProperty("pawl.modules.dir"), data.resolve("modules")),
                path(context.getProperty("pawl.distribution.modules"), home.resolve("modules")));
    }

    /** Keeps each artifact. */
    Path artifacts() {
        return data.resolve("artifacts");
    }

    /** Keeps which jars of the modules folder were taken. */
    Path memory() {
        return data.resolve("modules.taken");
    }

    /** Keeps which module bundles use which. */
    Path wires() {
        return data.resolve("modules.wired");
    }

    private static Path path(@Nullable String property, Path otherwise) {
        return (property == null || property.isBlank() ? otherwise : Path.of(property)).toAbsolutePath();
    }
}
