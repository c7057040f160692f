package dev.pawl.runtime.settings;

/** Thrown when a setting has a value that it does not accept; the message is a sentence for the operator. */
public final class WrongSettingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    WrongSettingException(String message) {
        super(message);
        this.sentence = message;
    }

    /** The message, never null. */
    public String sentence() {
        return sentence;
    }
}
