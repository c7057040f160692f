package dev.pawl.store.sqlite;

import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.store.sqlite.engine.NativeLibrary;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * The location of a store.
 *
 * @param file the database file
 * @param dataDir the server's data folder, which holds the other files of a backup
 * @param release the version of Pawl, when it is to be noted beside the store
 */
record StorePlace(Path file, Path dataDir, @Nullable String release) {

    /** The location of a database whose folder is the data folder. */
    static StorePlace at(Path file) {
        return new StorePlace(file, Objects.requireNonNull(file.toAbsolutePath().getParent()), null);
    }

    /** The location that the launcher names. */
    static StorePlace of(StoreFiles files) {
        return new StorePlace(files.database(), files.data(), files.release());
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
        Path dataDir = data == null ? at(file).dataDir() : Path.of(data);
        return new StorePlace(file, dataDir, context.getProperty("pawl.version"));
    }
}
