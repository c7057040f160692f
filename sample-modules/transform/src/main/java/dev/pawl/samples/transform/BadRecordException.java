package dev.pawl.samples.transform;

/** A record that cannot be read, mapped or written; the others can. */
final class BadRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    BadRecordException(String message) {
        super(message);
    }

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
