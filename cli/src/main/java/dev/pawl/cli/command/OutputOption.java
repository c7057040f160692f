package dev.pawl.cli.command;

import picocli.CommandLine.Option;

/** The option for the output format. */
public final class OutputOption {
    /** The formats. */
    enum Format {
        /** Tables, for people. */
        TABLE,
        /** The API's unchanged answer, for programs. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table for people (the default), or json for programs: the API's unchanged answer.")
    private Format format = Format.TABLE;

    public boolean isJson() {
        return format == Format.JSON;
    }
}
