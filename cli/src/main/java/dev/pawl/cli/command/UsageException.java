package dev.pawl.cli.command;

/** The command was given something it cannot take. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what, with the value and what is accepted instead, as sentences */
    public UsageException(String message) {
        super(message);
    }
}
