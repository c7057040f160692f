package dev.pawl.cli.job;

import picocli.CommandLine.Option;

/** The options for how long a command that starts a job waits for it. */
final class Manner {
    @Option(
            names = {"-f", "--follow"},
            description = "Shows the log until the job has ended, then the results. This is the default.")
    private boolean follow;

    @Option(
            names = {"-w", "--wait"},
            description = "Waits until the job has ended and shows the results, but not the log.")
    private boolean quiet;

    @Option(names = "--detach", description = "Writes the job's id and leaves; takes a server that runs.")
    private boolean detach;

    boolean showsLog() {
        return follow || !quiet;
    }

    boolean leaves() {
        return detach;
    }
}
