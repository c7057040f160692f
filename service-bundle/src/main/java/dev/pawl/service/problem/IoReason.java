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

/** Words for why a file could not be used, where an exception's own text would be the name of a Java class or a bare path. */
public final class IoReason {

    private IoReason() {}

    /** A clause for the inside of a sentence, such as {@code this user may not use /etc/shadow}; without a full stop. */
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
            return failure instanceof IOException ? "reading or writing failed" : "a defect, which the log has";
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String known(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof AccessDeniedException) {
            return "this user may not use " + file;
        }
        if (failure instanceof NoSuchFileException) {
            return file + " is not there";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return file + " is there already";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return file + " is a folder that is not empty";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is no folder";
        }
        return failure.getReason() == null ? file + " cannot be used" : file + ": " + failure.getReason();
    }
}
