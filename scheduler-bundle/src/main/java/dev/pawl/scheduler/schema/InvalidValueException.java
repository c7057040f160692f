package dev.pawl.scheduler.schema;

/** A value that a module does not take; the message names the field, the value unless it is secret, and what is accepted. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidValueException(String message) {
        super(message);
    }
}
