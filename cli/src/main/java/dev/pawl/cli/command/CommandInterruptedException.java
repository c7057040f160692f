package dev.pawl.cli.command;

/** Thrown when the user interrupted the command, after everything about it has been printed. */
public final class CommandInterruptedException extends Exception {
    private static final long serialVersionUID = 1L;
}
