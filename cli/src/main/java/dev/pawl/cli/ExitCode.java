package dev.pawl.cli;

/** What the process ends with. */
final class ExitCode {
    static final int OK = 0;

    /** The job failed or was stopped, or the server refused. */
    static final int FAILED = 1;

    /** The command was not given as it has to be. */
    static final int USAGE = 2;

    /** No server answers. */
    static final int NO_SERVER = 3;

    /** As a shell reports a process that SIGINT ended. */
    static final int INTERRUPTED = 130;

    /** As a shell reports a process that SIGPIPE ended. */
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
