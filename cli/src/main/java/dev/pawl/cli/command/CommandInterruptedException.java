package dev.pawl.cli.command;

/** The user ended the command; everything there is to say about that has been said. */
public final class CommandInterruptedException extends Exception {
    private static final long serialVersionUID = 1L;
}
