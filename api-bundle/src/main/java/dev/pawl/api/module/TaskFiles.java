package dev.pawl.api.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files of the server's machine that a task may access: those in its module's roots (folders that an admin has named), and never the
 * server's own files, however they are linked or mounted. A module that uses a path from elsewhere checks it here first, and continues with
 * the returned path.
 *
 * <p>An answer holds only at the moment of the call. For long reads and writes, check again after opening, and open without following a
 * link at the last name ({@link java.nio.file.LinkOption#NOFOLLOW_LINKS}). Safe for use by several threads.
 */
@ProviderType
public interface TaskFiles {

    /** The existing folders in which the task may read and write, as real paths; none unless an admin named some. */
    List<Path> roots();

    /**
     * Resolves all links of a path, including the last one: for a file to read, a folder to walk, or a folder in which to create files. A
     * name that does not exist yet is kept under the real path of its folder.
     *
     * @param path an absolute path
     * @return the real path, which is a root or in one
     * @throws FileRefusedException when the task may not access it
     */
    Path real(Path path) throws IOException;

    /**
     * Resolves the links of a path's folder but not its last name: for a file or folder to create, replace, move or delete, with everything
     * below it. The name need not exist.
     *
     * @param path an absolute path
     * @return the name under the real path of its folder, which is a root or in one
     * @throws FileRefusedException when the task may not access it, or when one of the server's own files lies below it
     */
    Path entry(Path path) throws IOException;

    /**
     * Declares a file or folder that this task will create, so that a later task of the job can be validated before it exists. For {@link
     * Module#validate}: the declarations of a run are forgotten with it, and each run validates its remaining tasks anew.
     *
     * @param path an absolute path
     * @return the name under the real path of its folder, as {@link #entry} gives it
     * @throws FileRefusedException when the task may not access it
     */
    Path declareOutput(Path path) throws IOException;

    /**
     * Whether an earlier task of the job declared the path, or a folder above it, as its output. A task that accepts such a path in {@link
     * Module#validate} checks the file itself when it runs.
     *
     * @param path an absolute path
     * @throws FileRefusedException when the task may not access it
     */
    boolean isDeclaredOutput(Path path) throws IOException;
}
