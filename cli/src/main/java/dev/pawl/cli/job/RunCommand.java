package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Times;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits a job and follows it to its end. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a module as a job, or the job of a file: shows its log, then its results.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl run hello -i name=World -i count=3",
            "  pawl run cleanup -i 'delete=[\"/tmp/old.log\"]' -d 10m",
            "  pawl run hello -i name=World --detach",
            "  pawl run --file job.yaml",
            "  pawl run hello --after 3f2a91c4,7b00c2d1 --detach",
            "",
            "A file with `jobs: [...]` starts all of them or none; each may wait for others, such as after: [\"jobs[0]\"].",
            "",
            "When no server runs, a temporary one is started on the data folder. Exit codes: 0 the job completed,",
            "1 it failed, was stopped or was refused, 2 wrong usage, 3 no server."
        })
public final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODULE",
            arity = "0..1",
            description = "The module's id; `pawl module list` shows them. Not needed when a file says it.")
    private String module = "";

    @Mixin
    private final JobOptions options = new JobOptions();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The earliest start, such as 2026-12-24T18:00:00+01:00. Default: at once.")
    private @Nullable String notBefore;

    @Option(
            names = "--after",
            paramLabel = "ID",
            split = ",",
            description = "The jobs that must complete before it starts, separated by commas.")
    private List<String> after = List.of();

    @Option(
            names = "--on",
            paramLabel = "EVENT",
            description = "With --after: completed (default), or ended, whatever the end of those jobs is.")
    private @Nullable String on;

    @ArgGroup
    private Manner manner = new Manner();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final StackOption stack = new StackOption();

    private final Invocation invocation;

    public RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        if (notBefore != null && !Times.isTime(notBefore)) {
            throw new UsageException("--at is \"" + notBefore
                    + "\"; it takes a time with its offset, such as 2026-12-24T18:00:00+01:00.");
        }
        if (on != null && after.isEmpty()) {
            throw new UsageException("--on belongs to --after, which is missing.");
        }
        ObjectNode content = options.content(module);
        if (module.isEmpty() && content.has("jobs")) {
            options.refuseFor("jobs");
            if (notBefore != null || !after.isEmpty()) {
                throw new UsageException("--at and --after belong to one job; a file with jobs has them for each.");
            }
            return new JobStart(invocation, server, output, stack).runAll(api -> api.post("/jobs", content), manner);
        }
        return new JobStart(invocation, server, output, stack).run(api -> submit(api, content), manner);
    }

    private Answer submit(Api api, ObjectNode content) throws Exception {
        ObjectNode job = options.job(api, module, content);
        if (notBefore != null) {
            job.put("not_before", notBefore);
        }
        if (!after.isEmpty()) {
            after.forEach(job.putArray("after")::add);
        }
        if (on != null) {
            job.put("on", on);
        }
        return api.post("/jobs", job);
    }
}
