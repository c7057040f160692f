package dev.pawl.cli.command;

/** Thrown when an argument of the command is not valid. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message sentences that name the argument, its value and what is accepted instead */
    public UsageException(String message) {
        super(message);
    }
}
