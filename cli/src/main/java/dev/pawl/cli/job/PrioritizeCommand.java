package dev.pawl.cli.job;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Range;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a waiting job another priority. */
@Command(
        name = "prioritize",
        mixinStandardHelpOptions = true,
        description = "Gives a job that waits another priority.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl prioritize 3f2a91c4 --priority 10", "  pawl jobs --module hello --priority 10"})
public final class PrioritizeCommand extends ApiCommand {
    private static final Range PRIORITY = new Range(-1_000, 1_000);

    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Option(
            names = "--priority",
            required = true,
            paramLabel = "NUMBER",
            description = "-1000 to 1000; higher goes first.")
    private int priority;

    public PrioritizeCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        PRIORITY.check("--priority", priority);
        return show(
                api.patch("/jobs/" + Api.segment(job), JsonTrees.object().put("priority", priority)),
                answer -> screen().line("Job " + JobText.shortId(JsonTrees.text(answer, "id")) + " has the priority "
                        + priority + " now."));
    }
}
