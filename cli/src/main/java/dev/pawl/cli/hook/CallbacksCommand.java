package dev.pawl.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Contains the commands for received callbacks. */
@Command(
        name = "callbacks",
        mixinStandardHelpOptions = true,
        description = "Lists, shows and removes callbacks that programs outside have sent.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl callbacks list --source renderer", "  pawl callbacks show ID"})
public final class CallbacksCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CallbacksCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new CallbacksCommand())
                .addSubcommand(new ListAll(invocation))
                .addSubcommand(new Show(invocation))
                .addSubcommand(new Remove(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: list, show or rm.");
    }

    /** Lists callbacks. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the received callbacks, the latest first.",
            footerHeading = "%nExample:%n",
            footer = "  pawl callbacks list --source renderer -n 100")
    static final class ListAll extends ApiCommand {
        private static final Range LIMIT = new Range(1, 1_000);

        @Option(names = "--source", paramLabel = "NAME", description = "Only those of this source.")
        private String source = "";

        @Option(names = "--callback-id", paramLabel = "TEXT", description = "Only those with this callback_id.")
        private String callbackId = "";

        @Option(
                names = {"-n", "--limit"},
                paramLabel = "NUMBER",
                description = "The greatest number of callbacks, 1 to 1000. Default: ${DEFAULT-VALUE}.")
        private int limit = 20;

        @Option(names = "--cursor", paramLabel = "TEXT", description = "Continues a list, as that says at its end.")
        private String cursor = "";

        ListAll(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            LIMIT.check("-n", limit);
            Query query = new Query("/callbacks")
                    .with("limit", limit)
                    .with("source", source)
                    .with("callback_id", callbackId)
                    .with("cursor", cursor);
            return show(api.get(query.toString()), this::list);
        }

        private void list(JsonNode page) {
            Table table = new Table()
                    .column("RECEIVED", Fit.WHOLE)
                    .column("SOURCE", Fit.FLEXIBLE)
                    .column("STATUS", Fit.FLEXIBLE)
                    .column("CALLBACK", Fit.FLEXIBLE)
                    .column("ID", Fit.FLEXIBLE);
            JsonTrees.stream(page.path("callbacks"))
                    .forEach(callback -> table.row(
                            Cell.of(times().moment(JsonTrees.text(callback, "received_at"))),
                            Cell.of(JsonTrees.text(callback, "source")),
                            Cell.of(JsonTrees.text(callback, "status")),
                            Cell.of(JsonTrees.text(callback, "callback_id")),
                            Cell.of(JsonTrees.text(callback, "id"))));
            screen().table(table, "No callbacks.");
            String next = JsonTrees.text(page, "next_cursor");
            if (!next.isEmpty()) {
                screen().note("There are more: pawl callbacks list --cursor " + next);
            }
        }
    }

    /** A command for one callback. */
    abstract static class OfOne extends ApiCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "The callback's id.")
        private String id = "";

        OfOne(Invocation invocation) {
            super(invocation);
        }

        final String id() {
            return id;
        }

        final String path() {
            return "/callbacks/" + Api.segment(id);
        }
    }

    /** Shows a callback. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one received callback in full.",
            footerHeading = "%nExample:%n",
            footer = "  pawl callbacks show 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b")
    static final class Show extends OfOne {
        Show(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.get(path()), this::describe);
        }

        private void describe(JsonNode callback) {
            Fields fields = new Fields()
                    .add("Callback", new Cell(JsonTrees.text(callback, "id"), Colour.BOLD))
                    .add("Received", times().moment(JsonTrees.text(callback, "received_at")))
                    .add("Source", JsonTrees.text(callback, "source"))
                    .add("Status", JsonTrees.text(callback, "status"))
                    .add("Callback id", JsonTrees.text(callback, "callback_id"))
                    .add("Payload", JsonTrees.text(callback.path("payload")));
            screen().lines(fields.lines(screen().terminal()));
        }
    }

    /** Removes a callback. */
    @Command(
            name = "rm",
            aliases = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a received callback.",
            footerHeading = "%nExample:%n",
            footer = "  pawl callbacks rm 1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b")
    static final class Remove extends OfOne {
        Remove(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.delete(path()), removed -> screen().line("Removed " + id() + "."));
        }
    }
}
