package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Range;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the next times of a schedule, or of a rule that is not kept. */
@Command(
        name = "next",
        aliases = "preview",
        mixinStandardHelpOptions = true,
        description = "Shows the next times of a schedule, or of a rule that is not kept.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl schedule next nightly", "  pawl schedule next --cron '0 3 L * *' --zone Europe/Berlin -n 12"})
final class ScheduleNextCommand extends ApiCommand {
    private static final Range COUNT = new Range(1, 1_000);
    private static final List<String> TIMING = List.of("cron", "every", "time_zone", "start_at", "end_at");

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            arity = "0..1",
            description = "The schedule's name. Not needed with --cron or --every.")
    private String name = "";

    @Mixin
    private final TimingOptions timing = new TimingOptions();

    @Option(
            names = {"-n", "--count"},
            paramLabel = "NUMBER",
            description = "The number of times, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int count = 10;

    ScheduleNextCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        COUNT.check("-n", count);
        ObjectNode body = name.isEmpty() ? ofOptions() : ofSchedule(api);
        return show(api.post("/schedules/preview", body.put("count", count)), this::list);
    }

    private ObjectNode ofOptions() throws UsageException {
        timing.check();
        ObjectNode body = JsonTrees.object();
        timing.into(body);
        return body;
    }

    private ObjectNode ofSchedule(Api api) throws Exception {
        if (timing.areGiven()) {
            throw new UsageException("NAME excludes --cron and --every: a schedule has its own times.");
        }
        JsonNode schedule = api.get("/schedules/" + Api.segment(name)).json();
        ObjectNode body = JsonTrees.object();
        for (String member : TIMING) {
            if (schedule.hasNonNull(member)) {
                body.set(member, schedule.get(member));
            }
        }
        return body;
    }

    private void list(JsonNode preview) {
        screen().line(JsonTrees.text(preview, "sentence"));
        JsonTrees.stream(preview.path("next")).forEach(time -> screen().line(times().toCome(JsonTrees.text(time))));
    }
}
