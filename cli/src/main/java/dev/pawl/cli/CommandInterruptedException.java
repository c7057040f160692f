package dev.pawl.cli;

/** The user ended the command; everything there is to say about that has been said. */
final class CommandInterruptedException extends Exception {
    private static final long serialVersionUID = 1L;
}
