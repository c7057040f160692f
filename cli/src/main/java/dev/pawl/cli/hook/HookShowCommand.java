package dev.pawl.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows one hook. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one hook in full, its secrets masked.",
        footerHeading = "%nExample:%n",
        footer = "  pawl hook show deploy")
final class HookShowCommand extends HookCommand.OfOne {
    HookShowCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get(path()), this::describe);
    }

    private void describe(JsonNode hook) {
        JsonNode job = hook.path("job");
        JsonNode last = hook.path("last_call");
        Fields fields = new Fields()
                .add("Hook", new Cell(JsonTrees.text(hook, "name"), Colour.BOLD))
                .add("Address", "/hooks/" + JsonTrees.text(hook, "name"))
                .add("Scheme", JsonTrees.text(hook, "scheme"))
                .add("Header", JsonTrees.text(hook, "header"))
                .add("Callbacks of", JsonTrees.text(hook, "callback_source"))
                .add("State", hook.path("paused").asBoolean() ? new Cell("paused", Colour.YELLOW) : Cell.of("active"))
                .add("Last call", last.isObject() ? times().moment(JsonTrees.text(last, "at")) : "")
                .add("Outcome", last.isObject() ? JsonTrees.text(last, "outcome") : "")
                .add("Detail", last.isObject() ? JsonTrees.text(last, "detail") : "")
                .add("Delivery id", places(hook.path("delivery_ids")))
                .add("Remembered", JsonTrees.text(hook, "unique_for"))
                .add("Mapping", whenFilled(hook.path("mapping")))
                .add("Mappings", whenFilled(hook.path("mappings")))
                .add("Missing", JsonTrees.text(hook, "missing"))
                .add("Filters", whenFilled(hook.path("filters")))
                .add("Changed", times().moment(JsonTrees.text(hook, "changed_at")))
                .add("Role", JsonTrees.text(hook, "role"))
                .add("Title", JsonTrees.text(job, "job_title"))
                .add("Module", JsonTrees.text(job, "module_id"))
                .add("Inputs", whenFilled(job.path("inputs")))
                .add("Settings", whenFilled(job.path("settings")));
        JsonNode tasks = job.path("tasks");
        for (int i = 0; i < tasks.size(); i++) {
            JsonNode task = tasks.get(i);
            fields.add("Task " + (i + 1), JsonTrees.text(task, "module") + " " + whenFilled(task.path("data")));
        }
        screen().lines(fields.lines(screen().terminal()));
    }

    private static String places(JsonNode places) {
        return JsonTrees.stream(places).map(JsonTrees::text).collect(Collectors.joining(", "));
    }

    private static String whenFilled(JsonNode value) {
        return value.isContainerNode() && value.isEmpty() ? "" : JsonTrees.text(value);
    }
}
