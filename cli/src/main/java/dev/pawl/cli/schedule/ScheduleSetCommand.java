package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.job.JobOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a schedule. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Makes a schedule, or replaces the one of that name; its history stays.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl schedule set nightly --cron '0 3 * * 1-5' hello -i name=World",
            "  pawl schedule set nightly --cron @daily --zone Europe/Berlin --file job.yaml",
            "  pawl schedule set probe --every 90s --overlap allow hello -i name=World",
            "",
            "It is replaced as a whole: what is not given is at its default then, also whether it is paused.",
            "`pawl schedule next` shows the times before."
        })
final class ScheduleSetCommand extends ScheduleCommand.OfOne {
    @Parameters(
            index = "1",
            paramLabel = "MODULE",
            arity = "0..1",
            description = "The id of the module that its jobs run. Not needed when a file says it.")
    private String module = "";

    @Mixin
    private final TimingOptions timing = new TimingOptions();

    @Mixin
    private final JobOptions job = new JobOptions();

    @Option(
            names = "--overlap",
            paramLabel = "RULE",
            description = "When an earlier job has not ended: skip (default), queue, allow or replace.")
    private @Nullable String overlap;

    @Option(
            names = "--missed",
            paramLabel = "RULE",
            description = "Jobs for the times that passed while the server was down: once (default), skip or all.")
    private @Nullable String missed;

    @Option(
            names = "--jitter",
            paramLabel = "TIME",
            description = "The longest time by which a job is put off, so that many do not start at once; up to 1d.")
    private @Nullable String jitter;

    @Option(names = "--paused", description = "Lets its times pass without a job until it is resumed.")
    private boolean paused;

    ScheduleSetCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        timing.check();
        if (jitter != null && DurationText.parse(jitter).isEmpty()) {
            throw new UsageException(
                    "--jitter is \"" + jitter + "\"; it takes a number with its unit: ms, s, m, h or d.");
        }
        ObjectNode content = job.content(module);
        ObjectNode body = JsonTrees.object();
        timing.into(body);
        body.set("job", job.job(api, module, content));
        if (overlap != null) {
            body.put("overlap", overlap);
        }
        if (missed != null) {
            body.put("missed", missed);
        }
        if (jitter != null) {
            body.put("jitter", jitter);
        }
        if (paused) {
            body.put("paused", true);
        }
        return show(api.put(path(), body), this::describe);
    }

    private void describe(JsonNode schedule) {
        String next = JsonTrees.text(schedule, "next_at");
        screen().line("Set " + name() + ": " + JsonTrees.text(schedule, "sentence"));
        screen().line(
                        paused
                                ? "It is paused; `pawl schedule resume " + name() + "` resumes it."
                                : next.isEmpty() ? "It is over: no time is to come." : "Next: " + times().toCome(next));
    }
}
