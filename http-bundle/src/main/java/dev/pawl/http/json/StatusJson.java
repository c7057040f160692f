package dev.pawl.http.json;

import static dev.pawl.http.json.AnswerKinds.FLAG;
import static dev.pawl.http.json.AnswerKinds.INTEGER;
import static dev.pawl.http.json.AnswerKinds.TEXT;
import static dev.pawl.http.json.AnswerKinds.TIME;
import static dev.pawl.http.json.AnswerKinds.listOf;
import static dev.pawl.http.json.AnswerKinds.word;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.job.SchedulerStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the server is, on the wire. */
public final class StatusJson {

    private static final AnswerShape<SchedulerStatus> QUEUE = AnswerShape.<SchedulerStatus>of(
                    "QueueFigures", "The queue in numbers.")
            .field("pending", INTEGER, SchedulerStatus::pending, "How many jobs wait.")
            .field("running", INTEGER, status -> status.running().size(), "How many jobs run.")
            .field("slots", INTEGER, SchedulerStatus::slots, "How many jobs may run at once.")
            .field("disabled", FLAG, SchedulerStatus::queueDisabled, "Whether it stands still.");

    public static final AnswerShape<Status> STATUS = AnswerShape.<Status>of(
                    "Status", "How the server is and what runs.")
            .field("status", word("running"), status -> "running", "That it runs.")
            .field("version", TEXT, Status::version, "The product's version.")
            .field("worker_id", TEXT, status -> status.scheduler().workerId(), "Its name among the workers.")
            .field("started_at", TIME, status -> status.scheduler().startedAt(), "Since when it runs.")
            .field("uptime", TEXT, status -> status.scheduler().uptime(), "How long it has run, such as 2h 15m.")
            .field("module_count", INTEGER, Status::modules, "How many modules there are.")
            .field("jobs", listOf(JobJson.RUNNING), status -> status.scheduler().running(), "The jobs that run.")
            .field("queue", QUEUE, Status::scheduler, "The queue in numbers.")
            .field("abandoned_threads", INTEGER, StatusJson::abandoned, "Threads of modules that do not end.");

    public static final AnswerShape<Optional<String>> HEALTH = AnswerShape.<Optional<String>>of(
                    "Health", "That the server can take jobs.")
            .field("status", word("online"), trouble -> "online", "That it can.")
            .optional("trouble", TEXT, StatusJson::trouble, "What is amiss and keeps no job from running.");

    public static final AnswerShape<Configuration> CONFIGURATION = AnswerShape.<Configuration>of(
                    "Configuration", "The effective configuration by name, secrets masked.")
            .field("version", TEXT, Configuration::version, "The product's version.")
            .field("uptime", TEXT, Configuration::uptime, "How long the server has run, such as 2h 15m.")
            .others(TEXT, StatusJson::writeSettings);

    public static final AnswerShape<Identity> IDENTITY = AnswerShape.<Identity>of(
                    "Identity", "Proves that the server has the admin token.")
            .field("auth", word("token", "off"), Identity::auth, "Whether a token is asked for.")
            .nullable("proof", TEXT, Identity::proof, """
                    The HMAC-SHA256, keyed by the token's SHA-256, of "pawl server identity", the request's Host and the challenge, \
                    a line feed between them, in hexadecimal digits; null where no token is asked for.""");

    private StatusJson() {}

    /**
     * How the server is.
     *
     * @param version the product's
     * @param scheduler what runs and waits
     * @param modules how many there are
     */
    public record Status(String version, SchedulerStatus scheduler, int modules) {}

    /**
     * The effective configuration.
     *
     * @param version the product's
     * @param uptime how long the server has run
     * @param settings by name, secrets masked
     */
    public record Configuration(String version, String uptime, Map<String, String> settings) {}

    /**
     * The answer to a challenge.
     *
     * @param proof null where no token is asked for
     */
    public record Identity(@Nullable String proof) {

        String auth() {
            return proof == null ? "off" : "token";
        }
    }

    private static int abandoned(Status status) {
        return status.scheduler().abandonedThreads();
    }

    private static @Nullable String trouble(Optional<String> trouble) {
        return trouble.orElse(null);
    }

    private static void writeSettings(JsonGenerator json, Configuration configuration) throws IOException {
        for (Map.Entry<String, String> setting : new TreeMap<>(configuration.settings()).entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
    }
}
