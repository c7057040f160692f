package dev.pawl.store.sqlite;

import dev.pawl.store.sqlite.engine.NativeLibrary;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.osgi.framework.BundleContext;

/**
 * Where a store is.
 *
 * @param file the database
 * @param dataDir the server's data folder, which holds what a backup needs beside it
 */
record StorePlace(Path file, Path dataDir) {

    /** A database whose folder is the data folder. */
    static StorePlace at(Path file) {
        return new StorePlace(file, Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    /** As the framework's properties say; also settles where SQLite's native library is. */
    static StorePlace of(BundleContext context) {
        File own = context.getDataFile("sqlite");
        if (own != null) { // null where the framework has no files of its own
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
