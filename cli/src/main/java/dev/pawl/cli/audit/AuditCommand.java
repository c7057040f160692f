package dev.pawl.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import dev.pawl.cli.store.AuditVerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows who changed what, or exports it. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Shows who changed what, or was refused, newest first.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl audit --who alice --action job --since 24h",
            "  pawl audit --export audit.jsonl",
            "  pawl audit verify"
        })
public final class AuditCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 1_000);

    @Option(names = "--who", paramLabel = "NAME", description = "Only changes of this name, such as that of a token.")
    private String who = "";

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "Only this kind of change, such as job.start, or this group, such as job.")
    private String action = "";

    @Option(names = "--target", paramLabel = "TARGET", description = "Only changes of this, or of what begins with it.")
    private String target = "";

    @Option(names = "--since", paramLabel = "TIME", description = "Only this time or later: ISO 8601, or such as 24h.")
    private String since = "";

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Goes on where the page before ended.")
    private String cursor = "";

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Writes the whole log to a new file, or - for the screen: JSON lines, oldest first.")
    private String export = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of entries, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 50;

    private AuditCommand(Invocation invocation) {
        super(invocation);
    }

    /** The command with its subcommand. */
    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new AuditCommand(invocation)).addSubcommand(new AuditVerifyCommand(invocation));
    }

    @Override
    protected int execute(Api api) throws Exception {
        if (!export.isEmpty()) {
            AuditExport.of(api, export, screen());
            return ExitCode.OK;
        }
        LIMIT.check("-n", limit);
        Query query = new Query("/audit")
                .with("limit", limit)
                .with("who", who)
                .with("action", action)
                .with("target", target)
                .with("since", since)
                .with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("AT", Fit.WHOLE)
                .column("WHO", Fit.FLEXIBLE)
                .column("FROM", Fit.FLEXIBLE)
                .column("ACTION", Fit.WHOLE)
                .column("TARGET", Fit.FLEXIBLE)
                .column("OUTCOME", Fit.WHOLE)
                .column("DETAIL", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("entries"))
                .forEach(entry -> table.row(
                        Cell.of(times().moment(JsonTrees.text(entry, "at"))),
                        Cell.of(JsonTrees.text(entry, "who")),
                        Cell.of(JsonTrees.text(entry, "door") + " " + JsonTrees.text(entry, "remote")),
                        Cell.of(JsonTrees.text(entry, "action")),
                        Cell.of(JsonTrees.text(entry, "target")),
                        Cell.of(JsonTrees.text(entry, "outcome")),
                        new Cell(JsonTrees.text(entry, "detail"), Colour.DIM)));
        screen().table(table, "No matching entries.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().line(screen().paint(Colour.DIM, "More: --cursor " + next));
        }
    }
}
