package dev.pawl.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.input.TextSource;
import dev.pawl.cli.screen.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what a call of a hook would come to. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Shows the job that a call would start, or why it would start none; starts nothing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl hook test deploy --body payload.json --header X-GitHub-Event=push",
            "  echo '{\"ref\": \"main\"}' | pawl hook test deploy --body -",
            "",
            "The proof of the caller is not looked at. It ends with 1 when no job would be started."
        })
final class HookTestCommand extends HookCommand.OfOne {
    @Option(
            names = "--body",
            paramLabel = "FILE",
            description = "A file with the body of the call; - is standard input. Without it the body is empty.")
    private String file = "";

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            parameterConsumer = OnceEach.class,
            description = "A header of the call.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(
            names = "--query",
            paramLabel = "NAME=VALUE",
            parameterConsumer = OnceEach.class,
            description = "A parameter of its address.")
    private Map<String, String> query = new LinkedHashMap<>();

    HookTestCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        ObjectNode body = JsonTrees.object();
        body.set("headers", JsonTrees.of(headers));
        body.set("query", JsonTrees.of(query));
        body.put("body", file.isEmpty() ? "" : TextSource.resolve("@" + file));
        var answer = api.post(path() + "/preview", body);
        show(answer, this::describe);
        return JsonTrees.text(answer.json(), "outcome").equals("started") ? ExitCode.OK : ExitCode.FAILED;
    }

    private void describe(JsonNode preview) {
        JsonNode job = preview.path("job");
        Fields fields = new Fields()
                .add("Outcome", HookDeliveriesCommand.outcome(JsonTrees.text(preview, "outcome")))
                .add("Detail", JsonTrees.text(preview, "detail"))
                .add("Delivery id", JsonTrees.text(preview, "delivery_id"));
        if (job.isObject()) {
            fields.add("Title", JsonTrees.text(job, "job_title"))
                    .add("Module", JsonTrees.text(job, "module_id"))
                    .add("Inputs", JsonTrees.text(job.path("inputs")));
            JsonNode tasks = job.path("tasks");
            for (int i = 0; i < tasks.size(); i++) {
                JsonNode task = tasks.get(i);
                fields.add("Task " + (i + 1), JsonTrees.text(task, "module") + " " + JsonTrees.text(task.path("data")));
            }
        }
        screen().lines(fields.lines(screen().terminal()));
    }
}
