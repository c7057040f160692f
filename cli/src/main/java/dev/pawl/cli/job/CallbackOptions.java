package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.command.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who is told of a job. */
public final class CallbackOptions {
    private static final Set<String> EVENTS = Set.of("running", "completed", "failed", "stopped");

    @Option(
            names = "--callback-url",
            paramLabel = "URL",
            description = "An http or https address that gets a signed POST with the job at its end.")
    private @Nullable String url;

    @Option(
            names = "--callback-event",
            paramLabel = "EVENT",
            split = ",",
            description =
                    "With --callback-url: running, completed, failed or stopped; several are separated by commas. Default: the last three.")
    private List<String> events = new ArrayList<>();

    @Option(
            names = "--callback-secret",
            paramLabel = "NAME",
            description = "With --callback-url: the secret that signs it, by name. Default: the server's key.")
    private @Nullable String secret;

    /** Checks all that takes no server. */
    void check() throws UsageException {
        if (url == null && (!events.isEmpty() || secret != null)) {
            throw new UsageException(
                    (events.isEmpty() ? "--callback-secret" : "--callback-event") + " needs a --callback-url.");
        }
        for (String event : events) {
            if (!EVENTS.contains(event)) {
                throw new UsageException(
                        "--callback-event is \"" + event + "\"; it takes running, completed, failed or stopped.");
            }
        }
    }

    /** Adds them to a job. */
    void addTo(ObjectNode job) {
        if (url != null) {
            job.put("callback_url", url);
        }
        if (!events.isEmpty()) {
            ArrayNode all = job.putArray("callback_events");
            events.forEach(all::add);
        }
        if (secret != null) {
            job.put("callback_secret", secret);
        }
    }
}
