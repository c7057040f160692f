package dev.pawl.runtime.settings;

import dev.pawl.runtime.files.FileModes;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of keys that settings name, which may be outside of the data folder. They are checked before anything starts. */
public final class KeyFiles {

    private final Map<String, Path> files;

    private KeyFiles(Map<String, Path> files) {
        this.files = files;
    }

    /** Those that the settings name, by their variables. */
    public static KeyFiles of(Settings settings) {
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("PAWL_SECRET_KEY_FILE", settings.path("pawl.secret.key.file"));
        files.put("PAWL_CALLBACK_KEY_FILE", settings.path("pawl.callback.key.file"));
        return new KeyFiles(files);
    }

    /** Those by some variables. */
    static KeyFiles of(Map<String, Path> files) {
        return new KeyFiles(Map.copyOf(files));
    }

    /**
     * Takes the rights of other users away where this user may.
     *
     * @throws StartException when a file cannot be read, or all users of the machine can read it
     */
    public void check() throws StartException {
        for (Map.Entry<String, Path> key : files.entrySet()) {
            if (Files.exists(key.getValue())) {
                check(key.getKey() + " is \"" + key.getValue() + "\", which ", key.getValue());
            }
        }
    }

    private static void check(String told, Path file) throws StartException {
        if (!Files.isRegularFile(file)) {
            throw new StartException(
                    told + "is no file; it takes the file of a key, which is made when it is missing.");
        }
        if (!Files.isReadable(file)) {
            throw new StartException(told + "this user may not read. Give this user read access, or choose another.");
        }
        try {
            close(file);
            if (FileModes.isOpenToAll(file)) {
                throw new StartException(
                        told + "all users of this machine may read or write. Take their rights away (chmod o-rw; for a"
                                + " mounted secret, set its mode to 0400 or 0440).");
            }
        } catch (IOException unreadable) {
            throw new StartException(told + "has permissions that cannot be read (" + unreadable + ").", unreadable);
        }
    }

    private static void close(Path file) {
        try {
            FileModes.closeFile(file);
        } catch (IOException readOnly) { // as where an orchestrator mounts it: it is judged as it is
            return;
        }
    }
}
