package dev.pawl.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows one notification. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one notification in full, its address and secret masked.",
        footerHeading = "%nExample:%n",
        footer = "  pawl notify show ops")
final class NotifyShowCommand extends NotifyCommand.OfOne {
    NotifyShowCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get(path()), this::describe);
    }

    private void describe(JsonNode rule) {
        JsonNode last = rule.path("last_message");
        Fields fields = new Fields()
                .add("Notification", new Cell(JsonTrees.text(rule, "name"), Colour.BOLD))
                .add("Tells of", texts(rule.path("on")))
                .add("Running longer", JsonTrees.text(rule, "running_longer_than"))
                .add("Waiting longer", JsonTrees.text(rule, "waiting_longer_than"))
                .add("Modules", texts(rule.path("modules")))
                .add("Title", JsonTrees.text(rule, "title"))
                .add("Format", JsonTrees.text(rule, "format"))
                .add("To", target(rule))
                .add("Secret", JsonTrees.text(rule, "secret"))
                .add("Waits for more", JsonTrees.text(rule, "group_for"))
                .add("Quiet after one", JsonTrees.text(rule, "quiet_for"))
                .add("State", rule.path("paused").asBoolean() ? new Cell("paused", Colour.YELLOW) : Cell.of("active"))
                .add("Changed", times().moment(JsonTrees.text(rule, "changed_at")));
        if (last.isObject()) {
            fields.add("Last message", times().moment(JsonTrees.text(last, "last_at")))
                    .add("Event", JsonTrees.text(last, "event"))
                    .add("Its state", NotifyCommand.state(JsonTrees.text(last, "state")))
                    .add("Detail", NotifyDeliveriesCommand.detail(last));
        }
        screen().lines(fields.lines(screen().terminal()));
    }

    /** Where it goes: its host, or its mail addresses. */
    static String target(JsonNode rule) {
        return rule.has("to") ? texts(rule.path("to")) : JsonTrees.text(rule, "host");
    }

    private static String texts(JsonNode values) {
        return JsonTrees.stream(values).map(JsonTrees::text).collect(Collectors.joining(", "));
    }
}
