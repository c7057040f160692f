package dev.pawl.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the messages of a notification and what came of them. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description = "Lists the messages of a notification and what came of them, the latest first.",
        footerHeading = "%nExample:%n",
        footer = "  pawl notify deliveries ops -n 100")
final class NotifyDeliveriesCommand extends NotifyCommand.OfOne {
    private static final Range LIMIT = new Range(1, 200);

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of messages, 1 to 200. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--before",
            paramLabel = "NUMBER",
            description = "Only messages before this, as the list says at its end.")
    private String before = "";

    NotifyDeliveriesCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        Query query = new Query(path() + "/deliveries").with("limit", limit).with("before", before);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("LAST", Fit.WHOLE)
                .column("EVENT", Fit.FLEXIBLE)
                .column("COUNT", Fit.WHOLE)
                .column("STATE", Fit.WHOLE)
                .column("DETAIL", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("deliveries")).forEach(message -> row(table, message));
        screen().table(table, "It has told of nothing yet.");
        String next = JsonTrees.text(page, "next_before");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl notify deliveries " + name() + " --before " + next);
        }
    }

    private void row(Table table, JsonNode message) {
        table.row(
                Cell.of(times().moment(JsonTrees.text(message, "last_at"))),
                Cell.of(JsonTrees.text(message, "event")),
                Cell.of(JsonTrees.text(message, "count")),
                NotifyCommand.state(JsonTrees.text(message, "state")),
                Cell.of(detail(message)));
    }

    /** The error of the last try, or what a message tells of. */
    static String detail(JsonNode message) {
        JsonNode tries = message.path("tries");
        String error = tries.isEmpty() ? "" : JsonTrees.text(tries.get(tries.size() - 1), "error");
        JsonNode examples = message.path("examples");
        return error.isEmpty() && !examples.isEmpty() ? JsonTrees.text(examples.get(0), "job_title") : error;
    }
}
