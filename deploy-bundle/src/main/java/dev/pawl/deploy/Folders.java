package dev.pawl.deploy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The folders and files that the deployer uses.
 *
 * @param data the server's data folder
 * @param modules the watched folder
 * @param distribution the folder of the modules that the distribution installs
 * @param available the folder of the modules that the distribution brings and an admin installs
 */
record Folders(Path data, Path modules, Path distribution, Path available) {

    /** Reads the framework properties that the launcher sets. */
    static Folders of(BundleContext context) {
        Path data = path(context.getProperty("pawl.data.dir"), Path.of(System.getProperty("user.home"), ".pawl"));
        Path home = path(context.getProperty("pawl.home"), Path.of(""));
        Path distribution = path(context.getProperty("pawl.distribution.modules"), home.resolve("modules"));
        return new Folders(
                data,
                path(context.getProperty("pawl.modules.dir"), data.resolve("modules")),
                distribution,
                distribution.resolveSibling("available"));
    }

    /** The folder of the artifacts. */
    Path artifacts() {
        return data.resolve("artifacts");
    }

    /** The file that records which jars of the modules folder were installed. */
    Path memory() {
        return data.resolve("modules.taken");
    }

    /** The file that records which module bundles use which. */
    Path wires() {
        return data.resolve("modules.wired");
    }

    private static Path path(@Nullable String property, Path otherwise) {
        return (property == null || property.isBlank() ? otherwise : Path.of(property)).toAbsolutePath();
    }
}
