package dev.pawl.runtime;

/** A setting has a value that it does not take; the message is the sentence for the operator. */
final class WrongSettingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    WrongSettingException(String message) {
        super(message);
        this.sentence = message;
    }

    /** The message, which there always is. */
    String sentence() {
        return sentence;
    }
}
