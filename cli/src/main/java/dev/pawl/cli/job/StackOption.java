package dev.pawl.cli.job;

import picocli.CommandLine.Option;

/** The option for how much of a failure's stack trace is shown. */
public final class StackOption {
    @Option(names = "--stack", description = "Shows a failure's whole stack trace, not the module's frames alone.")
    private boolean whole;

    boolean isWhole() {
        return whole;
    }
}
