package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.job.SchedulerStatus;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The status of the server on the wire. */
public final class StatusJson {

    private static final AnswerShape<SchedulerStatus> QUEUE = AnswerShape.<SchedulerStatus>of(
                    "QueueFigures", "The queue in numbers.")
            .field("pending", INTEGER, SchedulerStatus::pending, "The number of waiting jobs.")
            .field("running", INTEGER, status -> status.running().size(), "The number of running jobs.")
            .field("slots", INTEGER, SchedulerStatus::slots, "The number of jobs that may run at once.")
            .field("disabled", FLAG, SchedulerStatus::queueDisabled, "Whether it is paused.");

    public static final AnswerShape<Status> STATUS = AnswerShape.<Status>of(
                    "Status", "The status of the server, with its running jobs.")
            .field("status", word("running"), status -> "running", "Always running.")
            .field("version", TEXT, Status::version, "The product's version.")
            .field("worker_id", TEXT, status -> status.scheduler().workerId(), "Its name among the workers.")
            .field("started_at", TIME, status -> status.scheduler().startedAt(), "When it was started.")
            .field("uptime", TEXT, status -> status.scheduler().uptime(), "The time since its start, such as 2h 15m.")
            .field("module_count", INTEGER, Status::modules, "The number of modules.")
            .field("jobs", listOf(JobJson.RUNNING), status -> status.scheduler().running(), "The running jobs.")
            .field("queue", QUEUE, Status::scheduler, "The queue in numbers.")
            .field("abandoned_threads", INTEGER, StatusJson::abandoned, "The number of abandoned threads of modules.");

    public static final AnswerShape<Configuration> CONFIGURATION = AnswerShape.<Configuration>of(
                    "Configuration", "The effective configuration by name, secrets masked.")
            .field("version", TEXT, Configuration::version, "The product's version.")
            .field("uptime", TEXT, Configuration::uptime, "The time since the server's start, such as 2h 15m.")
            .others(TEXT, StatusJson::writeSettings);

    public static final AnswerShape<Identity> IDENTITY = AnswerShape.<Identity>of(
                    "Identity", "A proof that the server has the admin token.")
            .field("auth", word("token", "off"), Identity::auth, "Whether callers need a token.")
            .nullable("proof", TEXT, Identity::proof, """
                    The HMAC-SHA256, keyed by the token's SHA-256, of "pawl server identity", the request's Host and the challenge, \
                    separated by line feeds, in hexadecimal digits; null when no token is needed.""");

    private StatusJson() {}

    /**
     * The status of the server.
     *
     * @param version the product's version
     * @param scheduler the status of the scheduler
     * @param modules the number of modules
     */
    public record Status(String version, SchedulerStatus scheduler, int modules) {}

    /**
     * The effective configuration.
     *
     * @param version the product's version
     * @param uptime the time since the server's start
     * @param settings by name, secrets masked
     */
    public record Configuration(String version, String uptime, Map<String, String> settings) {}

    /**
     * The answer to a challenge.
     *
     * @param proof null when no token is needed
     */
    public record Identity(@Nullable String proof) {

        String auth() {
            return proof == null ? "off" : "token";
        }
    }

    private static int abandoned(Status status) {
        return status.scheduler().abandonedThreads();
    }

    private static void writeSettings(JsonGenerator json, Configuration configuration) throws IOException {
        for (Map.Entry<String, String> setting : new TreeMap<>(configuration.settings()).entrySet()) {
            json.writeStringField(setting.getKey(), setting.getValue());
        }
    }
}
