package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSession;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.input.TypedValues;
import dev.pawl.cli.screen.Times;
import java.util.LinkedHashMap;
import java.util.Map;
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
            "",
            "When no server runs, a temporary one is started on the data folder. Exit codes: 0 the job completed,",
            "1 it failed, was stopped or was refused, 2 wrong usage, 3 no server."
        })
public final class RunCommand implements Callable<Integer> {
    private static final Range PRIORITY = new Range(-1_000, 1_000);
    private static final Range ATTEMPTS = new Range(1, 100);

    @Parameters(
            paramLabel = "MODULE",
            arity = "0..1",
            description = "The module's id; `pawl module list` shows them. Not needed when a file says it.")
    private String module = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "A file with the job as YAML or JSON, such as {\"job_title\": …, \"tasks\": [{\"module\": …, \"data\": {…}}]};"
                            + " with MODULE, a file with its inputs. - is standard input.")
    private String file = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "KEY=VALUE",
            parameterConsumer = OnceEach.class,
            description = "An input; @FILE takes the value from a file, @- from standard input.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = {"-s", "--setting"},
            paramLabel = "KEY=VALUE",
            parameterConsumer = OnceEach.class,
            description = "A setting of the module, only for this job.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"-d", "--max-duration"},
            paramLabel = "TIME",
            description = "The longest time it may run, such as 30s, 30m, 2h or 7d.")
    private @Nullable String maxDuration;

    @Option(names = "--priority", paramLabel = "NUMBER", description = "-1000 to 1000; higher goes first.")
    private @Nullable Integer priority;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The earliest start, such as 2026-12-24T18:00:00+01:00. Default: at once.")
    private @Nullable String notBefore;

    @Option(
            names = "--attempts",
            paramLabel = "NUMBER",
            description = "The number of attempts if it fails, including the first, 1 to 100. Default: 1.")
    private @Nullable Integer attempts;

    @Option(
            names = "--unique-key",
            paramLabel = "KEY",
            description = "While a job with this key is pending or running, that job is used instead of a second one.")
    private @Nullable String uniqueKey;

    @Option(
            names = "--unique-for",
            paramLabel = "TIME",
            description = "With --unique-key: the time after its end during which the job still holds the key.")
    private @Nullable String uniqueFor;

    @Option(
            names = "--on-conflict",
            paramLabel = "RULE",
            description = "With --unique-key, when another job holds it: return that job (default), reject or replace.")
    private @Nullable String onConflict;

    @ArgGroup
    private Waiting manner = new Waiting();

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final StackOption stack = new StackOption();

    private final Invocation invocation;

    /** The options for how long the command waits. */
    static final class Waiting {
        @Option(
                names = {"-f", "--follow"},
                description = "Shows the log until the job has ended, then the results. This is the default.")
        private boolean follow;

        @Option(
                names = {"-w", "--wait"},
                description = "Waits until the job has ended and shows the results, but not the log.")
        private boolean quiet;

        @Option(names = "--detach", description = "Writes the job's id and leaves; takes a server that runs.")
        private boolean detach;

        boolean lines() {
            return follow || !quiet;
        }
    }

    public RunCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Exception {
        if (maxDuration != null && DurationText.parse(maxDuration).isEmpty()) {
            throw new UsageException(
                    "-d is \"" + maxDuration + "\"; it takes a number with its unit: ms, s, m, h or d.");
        }
        checkRanges();
        output.prepare(invocation.screen());
        ObjectNode content = content();
        if (manner.detach) {
            try (ServerSession session = ServerSession.found(server, invocation)) {
                return detached(submit(session.api(), content));
            }
        }
        try (ServerSession session = ServerSession.open(server, invocation)) {
            String job = JsonTrees.text(submit(session.api(), content).json(), "id");
            if (output.isQuiet() || (manner.lines() && !output.isForPrograms())) {
                invocation.screen().line(output.isQuiet() ? job : "Job " + job);
                invocation.screen().flush();
            }
            return new JobWatch(session, invocation, output, stack).untilEnd(job, manner.lines());
        }
    }

    private void checkRanges() throws UsageException {
        if (priority != null) {
            PRIORITY.check("--priority", priority);
        }
        if (attempts != null) {
            ATTEMPTS.check("--attempts", attempts);
        }
        if (notBefore != null && !Times.isTime(notBefore)) {
            throw new UsageException("--at is \"" + notBefore
                    + "\"; it takes a time with its offset, such as 2026-12-24T18:00:00+01:00.");
        }
    }

    /** The job or the inputs in the file; empty without a file. Read before a server is started for it. */
    private ObjectNode content() throws UsageException {
        if (module.isEmpty() && file.isEmpty()) {
            throw new UsageException("Give the module to run, or a job by --file.");
        }
        if (module.isEmpty() && !(inputs.isEmpty() && settings.isEmpty())) {
            throw new UsageException(
                    "-i and -s belong to a module; with --file alone, the file has the inputs and settings.");
        }
        return file.isEmpty() ? JsonTrees.object() : JobFile.read(file);
    }

    private Answer submit(Api api, ObjectNode content) throws Exception {
        ObjectNode job = module.isEmpty() ? content : ofModule(api, content);
        if (maxDuration != null) {
            job.put("max_duration", maxDuration);
        }
        if (priority != null) {
            job.put("priority", priority);
        }
        if (notBefore != null) {
            job.put("not_before", notBefore);
        }
        if (attempts != null) {
            job.putObject("retry").put("max_attempts", attempts);
        }
        if (uniqueKey != null) {
            job.put("unique_key", uniqueKey);
        }
        if (uniqueFor != null) {
            job.put("unique_for", uniqueFor);
        }
        if (onConflict != null) {
            job.put("on_conflict", onConflict);
        }
        return api.post("/jobs", job);
    }

    private ObjectNode ofModule(Api api, ObjectNode values) throws Exception {
        JsonNode manifest = api.get("/modules/" + Api.segment(module)).json();
        ObjectNode job = JsonTrees.object().put("module_id", module);
        values.setAll(TypedValues.of("-i", inputs, manifest.path("inputs")));
        job.set("inputs", values);
        if (!settings.isEmpty()) {
            job.set("settings", TypedValues.of("-s", settings, manifest.path("settings")));
        }
        return job;
    }

    private int detached(Answer accepted) {
        output.show(accepted, invocation.screen(), job -> invocation.screen().line(JsonTrees.text(job, "id")));
        return ExitCode.OK;
    }
}
