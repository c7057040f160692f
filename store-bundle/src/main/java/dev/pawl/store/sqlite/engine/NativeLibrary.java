package dev.pawl.store.sqlite.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Unpacks SQLite's native library once into a folder of the server. By default the driver unpacks it at each start into the machine's
 * temporary folder, where a killed process leaves it behind.
 */
public final class NativeLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private static final String FOLDER = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    /** The folder that the driver searches for what an earlier process has left there, by default the machine's temporary one. */
    private static final String LEFTOVERS = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Makes the driver load the library from there, unless its own properties are set. Must be called before the first connection. */
    public static void keepIn(Path folder) {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        Path place = folder.resolve(SQLiteJDBCLoader.getVersion());
        String name = LibraryLoaderUtil.getNativeLibName();
        try {
            if (!Files.exists(place.resolve(name))) {
                unpack(place, name);
            }
            load(place, name);
        } catch (IOException e) {
            LOG.warn("SQLite's native library cannot be kept in {}; the temporary folder is used.", place, e);
        }
    }

    /** The driver reads only system properties; they are removed again before a module with a driver of its own could read them. */
    private static void load(Path place, String name) throws IOException {
        System.setProperty(FOLDER, place.toString());
        System.setProperty(NAME, name);
        String leftovers = System.setProperty(LEFTOVERS, place.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // as the driver declares it
            throw new IOException("The driver refuses its native library in " + place, e);
        } finally {
            System.clearProperty(FOLDER);
            System.clearProperty(NAME);
            if (leftovers == null) {
                System.clearProperty(LEFTOVERS);
            } else {
                System.setProperty(LEFTOVERS, leftovers);
            }
        }
    }

    /** The file gets another name first, since the process may end in the middle. */
    private static void unpack(Path place, String name) throws IOException {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("The driver has no native library " + resource + " for this machine");
            }
            Files.createDirectories(place);
            Path part = place.resolve(name + ".part");
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, place.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
