package dev.pawl.cli;

/** The command was given something it cannot take. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what, with the value and what is accepted instead, as sentences */
    UsageException(String message) {
        super(message);
    }
}
