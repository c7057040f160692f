package dev.pawl.cli.command;

/** What the process ends with. */
public final class ExitCode {
    public static final int OK = 0;

    /** The job failed or was stopped, or the server refused. */
    public static final int FAILED = 1;

    /** The command was not given as it has to be. */
    public static final int USAGE = 2;

    /** No server answers. */
    public static final int NO_SERVER = 3;

    /** As a shell reports a process that SIGINT ended. */
    public static final int INTERRUPTED = 130;

    /** As a shell reports a process that SIGPIPE ended. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
