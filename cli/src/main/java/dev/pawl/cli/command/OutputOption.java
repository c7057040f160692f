package dev.pawl.cli.command;

import picocli.CommandLine.Option;

/** For whom the output is. */
public final class OutputOption {
    /** For whom. */
    enum Format {
        /** People. */
        TABLE,
        /** Programs: what the API answered, unchanged. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table for people (the default), json for programs: the API's answer as it is.")
    private Format format = Format.TABLE;

    public boolean isJson() {
        return format == Format.JSON;
    }
}
