package dev.pawl.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.TextSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets a notification. Addresses that let everybody write are never arguments as they are, since other users of the machine see those. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = "Makes a notification, or replaces the one of that name; its messages stay.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl notify set ops --on failed,completed_after_failing --slack @slack-url.txt",
            "  pawl notify set ops --on failed --module backup --title 'nightly *' --slack keep",
            "  pawl notify set slow --running-longer-than 2h --email ops@example.com",
            "  pawl notify set phone --on failed,missed --ntfy https://ntfy.sh/my-topic --quiet-for 1h",
            "",
            "It is replaced as a whole: what is not given is at its default then. An address or a secret is @FILE,",
            "@- for standard input, a reference such as $${secret:name}, or keep for that of before.",
            "`pawl notify test` sends a test."
        })
final class NotifySetCommand extends NotifyCommand.OfOne {
    private static final String MASK = "********";
    private static final String KEEP = "keep";

    @Option(
            names = "--on",
            paramLabel = "OUTCOME",
            split = ",",
            description = "Tells of these outcomes: failed, completed_after_failing, missed.")
    private List<String> on = new ArrayList<>();

    @Option(
            names = "--running-longer-than",
            paramLabel = "TIME",
            description = "Tells of jobs that run for longer, 10s to 365d.")
    private @Nullable String running;

    @Option(
            names = "--waiting-longer-than",
            paramLabel = "TIME",
            description = "Tells of jobs that wait for longer, 10s to 365d.")
    private @Nullable String waiting;

    @Option(
            names = "--module",
            paramLabel = "MODULE",
            split = ",",
            description = "Only jobs with one of these modules.")
    private List<String> modules = new ArrayList<>();

    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Only jobs of this title, in which * stands for any text.")
    private @Nullable String title;

    @Option(names = "--slack", paramLabel = "SOURCE", description = "To this incoming webhook of Slack or its like.")
    private @Nullable String slack;

    @Option(names = "--teams", paramLabel = "SOURCE", description = "To this workflow of Microsoft Teams.")
    private @Nullable String teams;

    @Option(names = "--discord", paramLabel = "SOURCE", description = "To this webhook of Discord.")
    private @Nullable String discord;

    @Option(names = "--ntfy", paramLabel = "URL|SOURCE", description = "To this topic of ntfy.")
    private @Nullable String ntfy;

    @Option(names = "--webhook", paramLabel = "URL|SOURCE", description = "To this address, as JSON.")
    private @Nullable String webhook;

    @Option(names = "--email", paramLabel = "ADDRESS", split = ",", description = "To these mail addresses.")
    private List<String> email = new ArrayList<>();

    @Option(
            names = "--secret",
            paramLabel = "SOURCE",
            description = "With --webhook the key of the signature, with --ntfy an access token.")
    private @Nullable String secret;

    @Option(
            names = "--group-for",
            paramLabel = "TIME",
            description = "How long a first message waits for more, 0s to 1h. Default: 10s.")
    private @Nullable String group;

    @Option(
            names = "--quiet-for",
            paramLabel = "TIME",
            description = "How long the next message waits after one, 0s to 7d. Default: 5m.")
    private @Nullable String quiet;

    @Option(names = "--paused", description = "Tells nothing until it is set again.")
    private boolean paused;

    NotifySetCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        ObjectNode body = JsonTrees.object();
        putAll(body, "on", on);
        put(body, "running_longer_than", time("--running-longer-than", running));
        put(body, "waiting_longer_than", time("--waiting-longer-than", waiting));
        putAll(body, "modules", modules);
        put(body, "title", title);
        putTarget(body);
        if (secret != null) {
            body.put("secret", source("--secret", secret, false));
        }
        put(body, "group_for", time("--group-for", group));
        put(body, "quiet_for", time("--quiet-for", quiet));
        if (paused) {
            body.put("paused", true);
        }
        return show(api.put(path(), body), this::describe);
    }

    private void putTarget(ObjectNode body) throws UsageException {
        int targets = 0;
        targets += put(body, "slack", "--slack", slack, false);
        targets += put(body, "teams", "--teams", teams, false);
        targets += put(body, "discord", "--discord", discord, false);
        targets += put(body, "ntfy", "--ntfy", ntfy, true);
        targets += put(body, "json", "--webhook", webhook, true);
        if (!email.isEmpty()) {
            targets++;
            body.put("format", "email");
            putAll(body, "to", email);
        }
        if (targets != 1) {
            throw new UsageException((targets == 0 ? "The place is missing" : targets + " places are given")
                    + "; give one of --slack, --teams, --discord, --ntfy, --webhook and --email.");
        }
    }

    private static int put(ObjectNode body, String format, String option, @Nullable String given, boolean plain)
            throws UsageException {
        if (given == null) {
            return 0;
        }
        body.put("format", format).put("url", source(option, given, plain));
        return 1;
    }

    /** @param plain whether the text itself may be given, which is no secret then */
    private static String source(String option, String given, boolean plain) throws UsageException {
        if (given.equals(KEEP)) {
            return MASK;
        }
        if (!given.startsWith("@") && !given.startsWith("${") && !plain) {
            throw new UsageException(option + " takes @FILE, @-, keep, or a reference such as ${secret:name}: arguments"
                    + " are seen by other users of the machine.");
        }
        String value = TextSource.resolve(given).strip();
        if (value.isEmpty()) {
            throw new UsageException(option + " is empty; nothing was set.");
        }
        return value;
    }

    private static @Nullable String time(String option, @Nullable String given) throws UsageException {
        if (given != null && DurationText.parse(given).isEmpty()) {
            throw new UsageException(
                    option + " is \"" + given + "\"; it takes a number with its unit: ms, s, m, h or d.");
        }
        return given;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static void putAll(ObjectNode body, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode texts = body.putArray(name);
            values.forEach(texts::add);
        }
    }

    private void describe(JsonNode rule) {
        screen().line("Set " + name() + ". `pawl notify test " + JsonTrees.text(rule, "name") + "` sends a test to "
                + NotifyShowCommand.target(rule) + ".");
        if (paused) {
            screen().line("It is paused, and tells nothing.");
        }
    }
}
