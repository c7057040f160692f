package dev.pawl.cli.command;

/** The exit codes of the process. */
public final class ExitCode {
    public static final int OK = 0;

    /** The job failed or was stopped, or the server refused the request. */
    public static final int FAILED = 1;

    /** The command line was wrong. */
    public static final int USAGE = 2;

    /** No server answers. */
    public static final int NO_SERVER = 3;

    /** The wait was given up; the code that timeout(1) ends with. */
    public static final int TIMEOUT = 124;

    /** The code by which shells report a process ended by SIGINT. */
    public static final int INTERRUPTED = 130;

    /** The code by which shells report a process ended by SIGPIPE. */
    public static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
