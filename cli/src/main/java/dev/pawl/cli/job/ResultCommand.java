package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Colour;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a job's results. */
@Command(
        name = "result",
        mixinStandardHelpOptions = true,
        description = "Shows a job's results, even while it is running.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl result 3f2a91c4", "  pawl result 3f2a91c4 --raw | jq '.[].greeting'"})
public final class ResultCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 10_000);

    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Option(
            names = "--raw",
            description =
                    "Prints all results as one JSON array, exactly as emitted by the module, one element per line.")
    private boolean raw;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of results, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit = 1_000;

    public ResultCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        if (raw) {
            return writeRaw(new Results(api, job));
        }
        return show(api.get("/jobs/" + Api.segment(job) + "/results?limit=" + limit), this::list);
    }

    private int writeRaw(Results results) throws Exception {
        boolean[] first = {true};
        results.forEach(
                result -> { // a refusal by the server must not leave half an array
                    screen().raw((first[0] ? "[\n" : ",\n") + result.path("data"));
                    first[0] = false;
                    return !screen().isClosed();
                });
        screen().line(first[0] ? "[]" : "\n]");
        return ExitCode.OK;
    }

    private void list(JsonNode page) {
        List<JsonNode> results = new ArrayList<>();
        page.path("results").forEach(results::add);
        if (results.isEmpty()) {
            screen().line("No results.");
            return;
        }
        ResultTable.write(results, screen());
        long more = page.path("total").asLong() - results.size();
        if (more > 0) {
            screen().line(screen().paint(Colour.DIM, more + " more; --raw prints them all, -n NUMBER more of them."));
        }
    }
}
