package dev.pawl.runtime.settings;

import dev.pawl.runtime.files.FileModes;
import dev.pawl.runtime.files.UnwritableReason;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files and folders that settings name. They are checked before anything starts, so that the error names the setting.
 *
 * @param database the file of the store; empty when the store is a database elsewhere
 * @param trustedKeys the file or folder of keys that modules must be signed with; empty when they need not be
 */
public record PathSettings(Path modules, Optional<Path> database, Optional<Path> trustedKeys) {

    public static PathSettings of(Settings settings) {
        return new PathSettings(
                settings.path("pawl.modules.dir"),
                settings.isSet(Settings.STORE_URL) ? Optional.empty() : Optional.of(settings.path("pawl.db.path")),
                Optional.of(settings.text("pawl.trusted.keys"))
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }

    public void check() throws StartException {
        make("PAWL_MODULES_DIR", modules, modules);
        if (!Files.isReadable(modules)) {
            throw new StartException("PAWL_MODULES_DIR is \"" + modules
                    + "\", which this user may not read. Give this user read access, or choose another.");
        }
        judgeModes();
        if (database.isPresent()) {
            checkDatabase(database.get());
        }
        if (trustedKeys.isPresent() && !Files.isReadable(trustedKeys.get())) {
            throw new StartException(
                    "PAWL_TRUSTED_KEYS is \"" + trustedKeys.get() + "\", which "
                            + (Files.exists(trustedKeys.get()) ? "this user may not read" : "does not exist")
                            + "; it takes a PEM file, or a folder of them. Correct it, or leave it out to accept unsigned modules too.");
        }
    }

    private static void checkDatabase(Path database) throws StartException {
        if (Files.isDirectory(database)) {
            throw new StartException("PAWL_DB_PATH is \"" + database
                    + "\", which is a folder; it takes a file, which is created when it is missing.");
        }
        if (Files.exists(database) && !Files.isWritable(database)) {
            throw new StartException(
                    "PAWL_DB_PATH is \"" + database
                            + "\", which this user may not write. Start the server as the user who owns it, or give this user write access.");
        }
        Path folder = database.getParent();
        if (folder != null) {
            make("PAWL_DB_PATH", database, folder);
        }
    }

    private void judgeModes() throws StartException {
        try {
            FileModes.requireOwn("PAWL_MODULES_DIR is \"" + modules + "\"", modules);
            if (trustedKeys.isPresent() && Files.isReadable(trustedKeys.get())) {
                FileModes.requireOwn("PAWL_TRUSTED_KEYS is \"" + trustedKeys.get() + "\"", trustedKeys.get());
            }
            if (database.isPresent()) {
                for (String suffix : List.of("", "-wal", "-shm")) {
                    FileModes.closeFile(Path.of(database.get() + suffix));
                }
            }
        } catch (IOException unreadable) {
            throw new StartException(
                    "The permissions of the server's folders cannot be read (" + unreadable + ").", unreadable);
        }
    }

    private static void make(String name, Path value, Path folder) throws StartException {
        String told = name + " is \"" + value + "\", ";
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException notAFolder) {
            throw new StartException(
                    told + "but " + notAFolder.getFile() + " is a file; it takes a folder. Choose another.",
                    notAFolder);
        } catch (IOException unwritable) {
            throw new StartException(
                    told + "and the folder " + folder + " cannot be created (" + unwritable + "). "
                            + UnwritableReason.advice(folder, unwritable, "Choose another."),
                    unwritable);
        }
    }
}
