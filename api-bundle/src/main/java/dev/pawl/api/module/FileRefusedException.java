package dev.pawl.api.module;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Thrown when a task may not access a file; the reason says why, and what an admin can do about it. */
public final class FileRefusedException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception for a path.
     *
     * @param path the path as the task named it
     * @param reason the text that follows the path in the message, without a full stop
     */
    public FileRefusedException(Path path, String reason) {
        super(path.toString(), null, reason);
    }
}
