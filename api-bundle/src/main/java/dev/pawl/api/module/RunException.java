package dev.pawl.api.module;

/** The work failed, for a reason that the message tells in full. */
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
