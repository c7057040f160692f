package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.ObjectFile;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.input.TypedValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that describe a job: its file, or its inputs and settings, and the rules by which it runs. */
public final class JobOptions {
    private static final String EXAMPLE =
            "a job is one, such as {\"tasks\": [{\"module\": \"hello\", \"data\": {\"name\": \"World\"}}]}.";
    private static final Range PRIORITY = new Range(-1_000, 1_000);
    private static final Range ATTEMPTS = new Range(1, 100);

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

    @Mixin
    private final CallbackOptions callback = new CallbackOptions();

    /**
     * The job or the inputs in the file, empty without a file. Checks all that takes no server, so that none is asked for nothing.
     *
     * @param module the id of the module; empty when the file says it
     */
    public ObjectNode content(String module) throws UsageException {
        if (maxDuration != null && DurationText.parse(maxDuration).isEmpty()) {
            throw new UsageException(
                    "-d is \"" + maxDuration + "\"; it takes a number with its unit: ms, s, m, h or d.");
        }
        if (priority != null) {
            PRIORITY.check("--priority", priority);
        }
        if (attempts != null) {
            ATTEMPTS.check("--attempts", attempts);
        }
        callback.check();
        if (module.isEmpty() && file.isEmpty()) {
            throw new UsageException("Give the module to run, or a job by --file.");
        }
        if (module.isEmpty() && !(inputs.isEmpty() && settings.isEmpty())) {
            throw new UsageException(
                    "-i and -s belong to a module; with --file alone, the file has the inputs and settings.");
        }
        return file.isEmpty() ? JsonTrees.object() : ObjectFile.read(file, EXAMPLE);
    }

    /**
     * Refuses the options for one job.
     *
     * @param member what the file has instead
     */
    void refuseFor(String member) throws UsageException {
        if (maxDuration != null
                || priority != null
                || attempts != null
                || uniqueKey != null
                || uniqueFor != null
                || onConflict != null) {
            throw new UsageException("The file has " + member
                    + ": -d, --priority, --attempts, --unique-key, --unique-for and --on-conflict belong to one job;"
                    + " write them into the file.");
        }
    }

    /** The job as the API takes it: the content with the options, values of the types that the module declares. */
    public ObjectNode job(Api api, String module, ObjectNode content) throws Exception {
        ObjectNode job = module.isEmpty() ? content : ofModule(api, module, content);
        if (maxDuration != null) {
            job.put("max_duration", maxDuration);
        }
        if (priority != null) {
            job.put("priority", priority);
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
        callback.addTo(job);
        return job;
    }

    private ObjectNode ofModule(Api api, String module, ObjectNode values) throws Exception {
        JsonNode manifest = api.get("/modules/" + Api.segment(module)).json();
        ObjectNode job = JsonTrees.object().put("module_id", module);
        values.setAll(TypedValues.of("-i", inputs, manifest.path("inputs")));
        job.set("inputs", values);
        if (!settings.isEmpty()) {
            job.set("settings", TypedValues.of("-s", settings, manifest.path("settings")));
        }
        return job;
    }
}
