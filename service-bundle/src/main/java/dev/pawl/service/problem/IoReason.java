package dev.pawl.service.problem;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Explains in words why a file could not be used, when an exception's own message would be a Java class name or a bare path. */
public final class IoReason {

    private IoReason() {}

    /** A clause for use within a sentence, such as {@code access to /etc/shadow is denied}; without a full stop. */
    public static String of(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapper && wrapper.getCause() != null) {
            return of(wrapper.getCause());
        }
        if (failure instanceof FileSystemException known) {
            return known(known);
        }
        if (failure instanceof ClosedByInterruptException) {
            return "it was interrupted";
        }
        String message = failure.getMessage();
        if (failure instanceof EOFException) {
            return "the file ends too early";
        }
        if (message == null || message.isBlank()) {
            return failure instanceof IOException
                    ? "reading or writing failed"
                    : "a bug, with a stack trace in the log";
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String known(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof AccessDeniedException) {
            return "access to " + file + " is denied";
        }
        if (failure instanceof NoSuchFileException) {
            return file + " does not exist";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " already exists";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return file + " is a folder and not empty";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is not a folder";
        }
        return failure.getReason() == null ? file + " cannot be used" : file + ": " + failure.getReason();
    }
}
