package dev.pawl.samples.backup;

import dev.pawl.api.module.FileRefusedException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The reason of a failure as a part of a sentence. */
final class Reason {

    private Reason() {}

    static String of(IOException failure) {
        if (failure instanceof FileRefusedException refused) {
            return "it is refused: " + refused.getReason();
        }
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
