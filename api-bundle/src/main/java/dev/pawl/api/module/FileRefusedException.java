package dev.pawl.api.module;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A task may not reach a file; the reason says why, and what an admin may do about it. */
public final class FileRefusedException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    /**
     * Tells of a path.
     *
     * @param path as the task named it
     * @param reason words that go on after the path, without a full stop
     */
    public FileRefusedException(Path path, String reason) {
        super(path.toString(), null, reason);
    }
}
