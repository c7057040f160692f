package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.json.JsonText;
import dev.pawl.http.json.Times;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a worker's heartbeat, which is never refused: a refused one would let the lease of a job expire, and a second worker would write
 * into the same file. A value of another type is converted to text or a number when possible, and otherwise ignored.
 */
final class HeartbeatBody {

    static final BodyShape SHAPE = BodyShape.open(
            BodyShape.optional("status", Kind.ANY, "Its status: idle, startup or in_progress."),
            BodyShape.optional("hostname", Kind.ANY, "The host on which it runs."),
            BodyShape.optional(
                    "online_at", Kind.ANY, "The time of its start, in ISO 8601; null when it is not such a text."),
            BodyShape.optional("version", Kind.ANY, "The version of its software."),
            BodyShape.optional("task", Kind.ANY, "The module it runs."),
            BodyShape.optional("job_id", Kind.ANY, "The job it runs, whose lease this heartbeat extends."),
            BodyShape.optional("job_title", Kind.ANY, "That job's title."),
            BodyShape.optional(
                    "progress", Kind.ANY, "The progress of the running task; a number, clamped to 0 to 100."),
            BodyShape.optional("info", Kind.ANY, "Information about the running task: any JSON."));

    private HeartbeatBody() {}

    static Heartbeat read(Fields body) {
        UUID job = body.any("job_id").map(HeartbeatBody::id).orElse(null);
        return new Heartbeat(
                status(text(body, "status"), job),
                body.any("online_at").map(HeartbeatBody::time).orElse(null),
                orEmpty(text(body, "hostname")),
                orEmpty(text(body, "version")),
                text(body, "task"),
                job,
                text(body, "job_title"),
                body.any("progress").map(HeartbeatBody::percent).orElse(null),
                body.any("info").orElse(Map.of()));
    }

    private static WorkerStatus status(@Nullable String word, @Nullable UUID job) {
        return Arrays.stream(WorkerStatus.values())
                .filter(status -> status.wireName().equalsIgnoreCase(word))
                .findFirst()
                .orElse(job == null ? WorkerStatus.IDLE : WorkerStatus.IN_PROGRESS);
    }

    private static @Nullable String text(Fields body, String name) {
        return body.any(name)
                .map(value -> value instanceof String text ? text : JsonText.text(json -> JsonText.value(json, value)))
                .orElse(null);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Parses ISO 8601, also with a space instead of the T, as Python prints it. */
    private static @Nullable Instant time(Object value) {
        return value instanceof String text
                ? Times.parse(text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T"))
                        .orElse(null)
                : null;
    }

    private static @Nullable UUID id(Object value) {
        return Kind.UUID.convert(value).map(UUID.class::cast).orElse(null);
    }

    private static @Nullable Double percent(Object value) {
        double percent = value instanceof Number number
                ? number.doubleValue()
                : value instanceof String text ? number(text).orElse(Double.NaN) : Double.NaN;
        return Double.isNaN(percent) ? null : Math.max(0, Math.min(100, percent));
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
