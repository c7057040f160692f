package dev.pawl.store.sqlite;

import dev.pawl.store.sqlite.engine.NativeLibrary;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.osgi.framework.BundleContext;

/**
 * The location of a store.
 *
 * @param file the database file
 * @param dataDir the server's data folder, which holds the other files of a backup
 */
record StorePlace(Path file, Path dataDir) {

    /** The location of a database whose folder is the data folder. */
    static StorePlace at(Path file) {
        return new StorePlace(file, Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /** The location according to the framework's properties; also sets the location of SQLite's native library. */
    static StorePlace of(BundleContext context) {
        File own = context.getDataFile("sqlite");
        if (own != null) { // null when the framework does not support private files
            NativeLibrary.keepIn(own.toPath());
        }
        String path = context.getProperty("pawl.db.path");
        String data = context.getProperty("pawl.data.dir");
        Path file = path == null
                ? Path.of(Objects.requireNonNullElse(System.getProperty("user.home"), "."), ".pawl", "pawl.db")
                : Path.of(path);
        return data == null ? at(file) : new StorePlace(file, Path.of(data));
    }
}
