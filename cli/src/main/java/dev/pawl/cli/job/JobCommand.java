package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.PlainText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one job. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = "Shows one job in full.",
        footerHeading = "%nExample:%n",
        footer = "  pawl job 3f2a91c4")
public final class JobCommand extends ApiCommand {
    /** The jobs that are named of those that wait for it, or for which it waits. */
    private static final int MOST_NAMED = 5;

    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Mixin
    private final StackOption stack = new StackOption();

    public JobCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/jobs/" + Api.segment(job)), this::describe);
    }

    private void describe(JsonNode json) {
        Fields fields = new Fields()
                .add("Job", new Cell(JsonTrees.text(json, "id"), Colour.BOLD))
                .add("Title", JsonTrees.text(json, "job_title"))
                .add("Module", JobText.module(json))
                .add("Version", JsonTrees.text(json, "module_version"))
                .add("Status", Cell.status(JobText.status(json)))
                .add("Waits because", JsonTrees.text(json.path("reason"), "sentence"))
                .add("Unblocked by", JsonTrees.text(json.path("reason"), "unblocked_by"))
                .add("Waits for", waitsFor(json))
                .add("Awaited by", counted(json.path("awaited_by"), json.path("awaited_by_count")))
                .add("Failure", new Cell(JobText.failure(json), Colour.RED))
                .add("Remedy", JsonTrees.text(json.path("failure"), "remedy"))
                .add("Progress", JobText.percent(json))
                .add("Info", whenFilled(json.path("info")))
                .add("Created", moment(json, "created_at"))
                .add("Started", moment(json, "started_at"))
                .add("Started by", JsonTrees.text(json, "started_by"))
                .add("Stopped by", JsonTrees.text(json, "stopped_by"))
                .add("Ended", moment(json, "completed_at"))
                .add("Took", JobText.took(json, times()))
                .add("Runs", JsonTrees.text(json, "epoch"))
                .add("Attempt", JsonTrees.text(json, "attempt"))
                .add("Worker", JsonTrees.text(json, "worker_id"))
                .add("Limit", JsonTrees.text(json, "max_duration"))
                .add("Callback", JsonTrees.text(json, "callback_url"))
                .add("Inputs", whenFilled(json.path("inputs")))
                .add("Settings", whenFilled(json.path("settings")))
                .add("Checkpoint", whenFilled(json.path("checkpoint")));
        JsonNode tasks = json.path("tasks");
        if (tasks.size() > 1) {
            for (int i = 0; i < tasks.size(); i++) {
                JsonNode task = tasks.get(i);
                fields.add("Task " + (i + 1), JsonTrees.text(task, "module") + " " + whenFilled(task.path("data")));
            }
        }
        screen().lines(fields.lines(screen().terminal()));
        new FailureText(screen(), stack).stack(json).forEach(line -> screen().line(
                        screen().paint(Colour.DIM, PlainText.oneLine(line))));
        new RunTable(screen(), times()).show(json);
        new CallbackTable(screen(), times()).show(json);
    }

    private String moment(JsonNode json, String member) {
        String time = JsonTrees.text(json, member);
        return time.isEmpty() ? "" : times().moment(time);
    }

    private static String waitsFor(JsonNode json) {
        List<String> named = new ArrayList<>();
        json.path("waiting_for")
                .forEach(job ->
                        named.add(JobText.shortId(JsonTrees.text(job, "id")) + " (" + JobText.status(job) + ")"));
        return counted(named, json.path("waiting_for_count").asLong());
    }

    private static String counted(JsonNode ids, JsonNode count) {
        List<String> named = new ArrayList<>();
        ids.forEach(id -> named.add(JobText.shortId(id.asText())));
        return counted(named, count.asLong());
    }

    private static String counted(List<String> named, long count) {
        long shown = Math.min(named.size(), MOST_NAMED);
        return String.join(", ", named.subList(0, (int) shown))
                + (count > shown ? " and " + (count - shown) + " more" : "");
    }

    private static String whenFilled(JsonNode value) {
        return value.isContainerNode() && value.isEmpty() ? "" : JsonTrees.text(value);
    }
}
