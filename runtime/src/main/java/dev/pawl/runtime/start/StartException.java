package dev.pawl.runtime.start;

/** Thrown when the server cannot start; the message says why, in sentences for the operator. */
public sealed class StartException extends Exception permits HungStartException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    public StartException(String message) {
        super(message);
        this.sentence = message;
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
        this.sentence = message;
    }

    /** The message, never null. */
    public final String sentence() {
        return sentence;
    }
}
