package dev.pawl.api.module;

/** Thrown when a module cannot be constructed; its constructor may throw it too. */
public final class InitializationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message the sentence that people read */
    public InitializationException(String message) {
        super(message);
    }

    /** @param message the sentence that people read */
    public InitializationException(String message, Throwable cause) {
        super(message, cause);
    }
}
