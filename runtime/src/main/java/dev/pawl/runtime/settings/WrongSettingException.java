package dev.pawl.runtime.settings;

/** A setting has a value that it does not take; the message is the sentence for the operator. */
public final class WrongSettingException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    WrongSettingException(String message) {
        super(message);
        this.sentence = message;
    }

    /** The message, which there always is. */
    public String sentence() {
        return sentence;
    }
}
