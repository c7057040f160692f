package dev.pawl.api.module;

/** Thrown when the task cannot be done as requested, before any task of the job has run. */
public final class ValidationException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message the sentence that people read */
    public ValidationException(String message) {
        super(message);
    }

    /** @param message the sentence that people read */
    public ValidationException(String message, Throwable cause) {
        super(message, cause);
    }
}
