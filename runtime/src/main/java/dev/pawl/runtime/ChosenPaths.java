package dev.pawl.runtime;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files and folders that settings name, tried before anything starts, so that a wrong one is told by the name of its setting. */
record ChosenPaths(Path modules, Path database) {

    static ChosenPaths of(Settings settings) {
        return new ChosenPaths(settings.path("pawl.modules.dir"), settings.path("pawl.db.path"));
    }

    void check() throws StartException {
        make("PAWL_MODULES_DIR", modules, modules);
        if (Files.isDirectory(database)) {
            throw new StartException("PAWL_DB_PATH is \"" + database
                    + "\", which is a folder; it takes a file, made when it is missing.");
        }
        Path folder = database.getParent();
        if (folder != null) {
            make("PAWL_DB_PATH", database, folder);
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
                    told + "and the folder " + folder + " cannot be made (" + unwritable + "). Choose another.",
                    unwritable);
        }
    }
}
