package dev.pawl.api.module;

/** Thrown when the work failed, for a reason that the message explains in full. */
public final class RunException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message the sentence that people read */
    public RunException(String message) {
        super(message);
    }

    /** @param message the sentence that people read */
    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
