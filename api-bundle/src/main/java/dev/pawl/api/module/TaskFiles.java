package dev.pawl.api.module;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The files of the server's machine that a task may reach: those in its module's roots, folders that an admin has named, and
 * never what is the server's own, however it is linked or mounted. A module that touches a file somebody else named asks here
 * first, and goes on with the path it is given.
 *
 * <p>An answer holds for the moment it is given. Who writes or reads much asks again after opening, and opens without following a
 * link at the last name ({@link java.nio.file.LinkOption#NOFOLLOW_LINKS}). Safe for many threads.
 */
@ProviderType
public interface TaskFiles {

    /** The folders in which the task may read and write, as real paths, those that are there; none unless an admin named some. */
    List<Path> roots();

    /**
     * Follows every link of a path, the last one too: for a file that is read, a folder that is walked, a folder in which names are
     * made. What is not there yet keeps its name in the real path of the folder above.
     *
     * @param path an absolute path
     * @return the real path, in a root or a root itself
     * @throws FileRefusedException when the task may not reach it
     */
    Path real(Path path) throws IOException;

    /**
     * Follows the links to the folder of a path, and leaves its last name alone: for a name that is made, replaced, moved or
     * deleted, with all that is beneath it. The name need not be there.
     *
     * @param path an absolute path
     * @return the name in the real path of its folder, which is in a root or a root itself
     * @throws FileRefusedException when the task may not reach it, or something of the server's own lies beneath it
     */
    Path entry(Path path) throws IOException;
}
