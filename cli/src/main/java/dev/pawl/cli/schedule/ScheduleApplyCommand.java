package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes schedules what a file declares. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = "Makes the schedules of a set what a file says; all other schedules stay as they are.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl schedule apply ops.yaml --dry-run",
            "  pawl schedule apply ops.yaml",
            "",
            "A file in YAML or JSON:",
            "",
            "  set: ops                 # by default the name of the file",
            "  schedules:",
            "    nightly:",
            "      cron: '0 3 * * 1-5'",
            "      time_zone: Europe/Berlin",
            "      job: {module_id: hello, inputs: {name: World}}",
            "",
            "A schedule that the file no longer names is removed if it came with the set. One that somebody else",
            "made under a name of the file is left, and the exit code is 1."
        })
final class ScheduleApplyCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "The file with the set; - is standard input.")
    private String file = "";

    @Option(names = "--dry-run", description = "Shows what would be changed, and changes nothing.")
    private boolean dryRun;

    ScheduleApplyCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        ObjectNode set = ScheduleSet.read(file);
        if (dryRun) {
            set.put("dry_run", true);
        }
        Answer answer = api.post("/schedules/apply", set);
        show(answer, this::report);
        boolean isLeft = JsonTrees.stream(answer.json().path("changes"))
                .anyMatch(change -> JsonTrees.text(change, "change").equals("left"));
        return isLeft ? ExitCode.FAILED : ExitCode.OK;
    }

    private void report(JsonNode answer) {
        ScheduleSet.show(answer, screen());
        if (dryRun) {
            screen().note("This was a dry run: nothing is changed.");
        }
    }
}
