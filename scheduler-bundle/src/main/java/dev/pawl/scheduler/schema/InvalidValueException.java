package dev.pawl.scheduler.schema;

/** Thrown for a value that a module does not take; the message names the field, the value unless it is secret, and the accepted values. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidValueException(String message) {
        super(message);
    }
}
