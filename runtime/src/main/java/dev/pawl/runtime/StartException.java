package dev.pawl.runtime;

/** The server cannot start; the message says why, in sentences for the operator. */
sealed class StartException extends Exception permits HungStartException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    StartException(String message) {
        super(message);
        this.sentence = message;
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
        this.sentence = message;
    }

    /** The message, which there always is. */
    final String sentence() {
        return sentence;
    }
}
