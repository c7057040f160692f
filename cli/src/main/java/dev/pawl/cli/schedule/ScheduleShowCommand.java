package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import picocli.CommandLine.Command;

/** Shows one schedule. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows one schedule in full.",
        footerHeading = "%nExample:%n",
        footer = "  pawl schedule show nightly")
final class ScheduleShowCommand extends ScheduleCommand.OfOne {
    ScheduleShowCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get(path()), this::describe);
    }

    private void describe(JsonNode schedule) {
        boolean paused = schedule.path("paused").asBoolean();
        JsonNode job = schedule.path("job");
        Fields fields = new Fields()
                .add("Schedule", new Cell(JsonTrees.text(schedule, "name"), Colour.BOLD))
                .add("When", JsonTrees.text(schedule, "sentence"))
                .add("Cron", JsonTrees.text(schedule, "cron"))
                .add("Every", JsonTrees.text(schedule, "every"))
                .add("Zone", JsonTrees.text(schedule, "time_zone"))
                .add("From", moment(schedule, "start_at"))
                .add("Until", moment(schedule, "end_at"))
                .add("Jitter", JsonTrees.text(schedule, "jitter"))
                .add("Next", paused ? new Cell("paused", Colour.YELLOW) : Cell.of(next(schedule)))
                .add("Last", moment(schedule, "last_at"))
                .add("Last job", JsonTrees.text(schedule, "last_job_id"))
                .add("Status", Cell.status(JsonTrees.text(schedule, "last_status")))
                .add("Overlap", JsonTrees.text(schedule, "overlap"))
                .add("Missed", JsonTrees.text(schedule, "missed"))
                .add("Changed", moment(schedule, "changed_at"))
                .add("Declared", declared(schedule.path("declared_by")))
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

    private static String declared(JsonNode by) {
        if (!by.isObject()) {
            return "";
        }
        String origin = "by " + JsonTrees.text(by, "kind") + " " + JsonTrees.text(by, "name");
        return by.path("changed").asBoolean() ? origin + ", changed by hand since" : origin;
    }

    private String next(JsonNode schedule) {
        String next = JsonTrees.text(schedule, "next_at");
        return next.isEmpty() ? "none: it is over" : times().toCome(next);
    }

    private String moment(JsonNode schedule, String member) {
        String time = JsonTrees.text(schedule, member);
        return time.isEmpty() ? "" : times().moment(time);
    }

    private static String whenFilled(JsonNode value) {
        return value.isContainerNode() && value.isEmpty() ? "" : JsonTrees.text(value);
    }
}
