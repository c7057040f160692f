package dev.pawl.cli.client;

import org.jspecify.annotations.Nullable;

/** Thrown when no server answers. */
public final class NoServerException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message where one was looked for and how to start one, as sentences */
    public NoServerException(String message) {
        super(message);
    }

    /** @param message where one was looked for and how to start one, as sentences */
    public NoServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
