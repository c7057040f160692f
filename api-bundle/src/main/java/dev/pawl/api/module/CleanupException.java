package dev.pawl.api.module;

/** Thrown when something was left behind after the run. */
public final class CleanupException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message the sentence that people read */
    public CleanupException(String message) {
        super(message);
    }

    /** @param message the sentence that people read */
    public CleanupException(String message, Throwable cause) {
        super(message, cause);
    }
}
