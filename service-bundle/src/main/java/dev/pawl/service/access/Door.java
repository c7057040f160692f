package dev.pawl.service.access;

import java.util.Locale;

/** The ways by which an action reaches the server. */
public enum Door {
    /** A program that calls the HTTP API. */
    HTTP,
    /** The command line, which calls the HTTP API too. */
    CLI,
    /** The console's pages. */
    CONSOLE,
    /** The shell inside the server. */
    SHELL,
    /** The watched folder of modules. */
    FOLDER,
    /** A schedule whose time has come. */
    SCHEDULE,
    /** A call of a hook. */
    HOOK,
    /** The server by itself. */
    SERVER;

    /** The word on the wire, such as {@code http}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
