package dev.pawl.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.OnceEach;
import dev.pawl.cli.input.TextSource;
import dev.pawl.cli.job.JobOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets a hook. Its secret is never an argument as it is, since other users of the machine see those, and shells keep them. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Makes a hook, or replaces the one of that name; the history of its calls stays.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl hook set deploy --scheme github --secret @secret.txt hello -m name=/repository/name",
            "  pawl hook set deploy --scheme github --keep-secret --only header:X-GitHub-Event=push \\",
            "      --only /ref=refs/heads/main hello -m name=/repository/name",
            "  pawl hook set done --callback-source renderer --scheme callbacks hello -m name=/payload/name",
            "",
            "It is replaced as a whole: what is not given is at its default then. Without --secret the secret is",
            "asked for. `pawl hook test` shows what a call comes to."
        })
final class HookSetCommand extends HookCommand.OfOne {
    private static final String MASK = "********";
    private static final List<String> WITHOUT_SECRET = List.of("none", "callbacks");

    @Parameters(
            index = "1",
            paramLabel = "MODULE",
            arity = "0..1",
            description = "The id of the module that its jobs run. Not needed when a file says it.")
    private String module = "";

    @Mixin
    private final JobOptions job = new JobOptions();

    @Option(
            names = "--scheme",
            paramLabel = "SCHEME",
            required = true,
            description = "How callers prove that they know the secret: github, gitlab, standard, pawl, hmac, token,"
                    + " none or callbacks.")
    private String scheme = "";

    @Option(
            names = "--header",
            paramLabel = "NAME",
            description = "With hmac or token: the header with the proof, such as X-Signature.")
    private @Nullable String header;

    @Option(
            names = "--secret",
            paramLabel = "SOURCE",
            description = "The secret: @FILE, @- for standard input, or a reference such as $${secret:name}.")
    private @Nullable String secret;

    @Option(names = "--keep-secret", description = "Keeps the secret that the hook has.")
    private boolean keepsSecret;

    @Option(
            names = {"-m", "--map"},
            paramLabel = "INPUT=PLACE",
            parameterConsumer = OnceEach.class,
            description = "An input with its place in the call: a JSON pointer, header:NAME or query:NAME; nothing"
                    + " after = is the whole body.")
    private Map<String, String> mapping = new LinkedHashMap<>();

    @Option(
            names = "--missing",
            paramLabel = "RULE",
            description = "For an input whose place is empty: refuse (default) or omit.")
    private @Nullable String missing;

    @Option(
            names = "--only",
            paramLabel = "PLACE=VALUE",
            parameterConsumer = OnceEach.class,
            description = "Starts jobs only when the value at a place is this; several for several places.")
    private Map<String, String> only = new LinkedHashMap<>();

    @Option(
            names = "--delivery-id",
            paramLabel = "PLACE",
            description = "The place of the id by which a repeated delivery is known; by default that of the scheme.")
    private @Nullable String deliveryId;

    @Option(
            names = "--remember",
            paramLabel = "TIME",
            description = "The time for which an id is remembered, 1m to 90d. Default: 7d.")
    private @Nullable String remember;

    @Option(
            names = "--callback-source",
            paramLabel = "NAME",
            description = "Starts a job for each callback of this source that is received, too.")
    private @Nullable String callbackSource;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "The role of its jobs: operator (default), or admin for modules that require it.")
    private @Nullable String role;

    @Option(names = "--paused", description = "Lets its calls start no jobs until it is set again.")
    private boolean paused;

    HookSetCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        if (keepsSecret && secret != null) {
            throw new UsageException("--keep-secret and --secret exclude each other.");
        }
        if (remember != null && DurationText.parse(remember).isEmpty()) {
            throw new UsageException(
                    "--remember is \"" + remember + "\"; it takes a number with its unit: ms, s, m, h or d.");
        }
        ObjectNode content = job.content(module);
        ObjectNode body = JsonTrees.object().put("scheme", scheme);
        String given = secret();
        if (!given.isEmpty()) {
            body.put("secret", given);
        }
        body.set("job", job.job(api, module, content));
        put(body, "header", header);
        put(body, "missing", missing);
        put(body, "delivery_id", deliveryId);
        put(body, "unique_for", remember);
        put(body, "callback_source", callbackSource);
        put(body, "role", role);
        if (!mapping.isEmpty()) {
            body.set("mapping", JsonTrees.of(mapping));
        }
        if (!only.isEmpty()) {
            body.set("filters", filters());
        }
        if (paused) {
            body.put("paused", true);
        }
        return show(api.put(path(), body), this::describe);
    }

    private ArrayNode filters() {
        ArrayNode filters = JsonTrees.array();
        only.forEach((place, value) -> filters.addObject().put("value", place).put("equals", value));
        return filters;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private String secret() throws UsageException {
        if (WITHOUT_SECRET.contains(scheme) && secret == null) {
            return "";
        }
        if (keepsSecret) {
            return MASK;
        }
        Prompt prompt = invocation().prompt();
        if (secret == null && !prompt.isPossible()) {
            throw new UsageException("--secret is missing; it takes @FILE, @- or a reference such as ${secret:name}.");
        }
        if (secret != null && !secret.startsWith("@") && !secret.startsWith("${")) {
            throw new UsageException("--secret takes @FILE, @- or a reference such as ${secret:name}: arguments are"
                    + " seen by other users of the machine.");
        }
        String value = secret == null
                ? prompt.askSecretly("Secret:").orElse("")
                : TextSource.resolve(secret).replaceFirst("\\R\\z", "");
        if (value.isEmpty()) {
            throw new UsageException("The secret is empty; nothing was set.");
        }
        return value;
    }

    private void describe(JsonNode hook) {
        screen().line("Set " + name() + ". Its address is /hooks/" + JsonTrees.text(hook, "name") + ".");
        if (paused) {
            screen().line("It is paused; its calls start no jobs.");
        }
    }
}
