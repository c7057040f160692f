package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.input.TypedValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a job with the request of one that has failed or was stopped, and follows it to its end. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = "Runs a failed or stopped job again, as a new job: shows its log, then its results.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl retry 3f2a91c4",
            "  pawl retry 3f2a91c4 -i count=5 --detach",
            "  pawl retry 3f2a91c4 --from-task 2",
            "",
            "Inputs that are not given stay as they were. Exit codes: 0 the new job completed, 1 it failed, was stopped",
            "or was refused, 2 wrong usage, 3 no server."
        })
public final class RetryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "KEY=VALUE",
            parameterConsumer = OnceEach.class,
            description = "An input that gets another value; @FILE takes it from a file, @- from standard input.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--from-task",
            paramLabel = "NUMBER",
            description = "The first task of the new job, from 0; those before it are left out. Default: 0.")
    private int fromTask;

    @ArgGroup
    private Manner manner = new Manner();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final StackOption stack = new StackOption();

    private final Invocation invocation;

    public RetryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        if (fromTask < 0) {
            throw new UsageException("--from-task is " + fromTask + "; it takes the place of a task, from 0.");
        }
        return new JobStart(invocation, server, output, stack).run(this::retry, manner);
    }

    private Answer retry(Api api) throws Exception {
        String path = "/jobs/" + Api.segment(job);
        ObjectNode body = JsonTrees.object();
        if (fromTask > 0) {
            body.put("from_task", fromTask);
        }
        if (!inputs.isEmpty()) {
            JsonNode task = api.get(path).json().path("tasks").path(fromTask);
            JsonNode manifest = task.isMissingNode() // the server says how many tasks there are
                    ? task
                    : api.get("/modules/" + Api.segment(JsonTrees.text(task, "module")))
                            .json();
            body.set("inputs", TypedValues.of("-i", inputs, manifest.path("inputs")));
        }
        return api.post(path + "/retry", body);
    }
}
