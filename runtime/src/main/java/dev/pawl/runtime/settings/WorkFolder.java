package dev.pawl.runtime.settings;

import dev.pawl.runtime.files.FileModes;
import dev.pawl.runtime.files.UnwritableReason;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of the work folders of jobs, which may be outside of the data folder and which servers may share. It is checked before anything starts.
 *
 * @param folder its path
 */
public record WorkFolder(Path folder) {

    /** The one that the settings name. */
    public static WorkFolder of(Settings settings) {
        return new WorkFolder(settings.path("pawl.work.dir"));
    }

    /**
     * Makes the folder, and takes the rights of all users away where this user may.
     *
     * @throws StartException when it cannot be written, or all users of the machine could
     */
    public void check() throws StartException {
        String told = "PAWL_WORK_DIR is \"" + folder + "\", which ";
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new StartException(told + "is a file; it takes a folder. Choose another.");
            }
            Files.createDirectories(folder);
            FileModes.closeToAll(folder);
            if (FileModes.isOpenToAll(folder)) {
                throw new StartException(
                        told
                                + "all users of this machine may read or write. Take their rights away (chmod o-rwx), or choose another.");
            }
        } catch (IOException unwritable) {
            throw new StartException(
                    told + "cannot be made (" + unwritable + "). "
                            + UnwritableReason.advice(folder, unwritable, "Choose another."),
                    unwritable);
        }
        if (!Files.isWritable(folder)) {
            throw new StartException(told + "this user may not write. Give this user write access, or choose another.");
        }
    }
}
