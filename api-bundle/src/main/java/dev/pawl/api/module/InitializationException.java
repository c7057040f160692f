package dev.pawl.api.module;

/** A module could not be constructed; may also be thrown by its constructor. */
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
