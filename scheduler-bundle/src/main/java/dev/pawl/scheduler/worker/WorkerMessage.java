package dev.pawl.scheduler.worker;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.worker.Heartbeat;
import dev.pawl.service.worker.Worker;
import dev.pawl.service.worker.WorkerStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker as JSON, by which servers tell each other of it. It stays small: information beyond {@value #MOST_INFO_BYTES} bytes is left out, since
 * the job has it too, and of the tasks of a server the first {@value #MOST_RUNNING} are named.
 */
final class WorkerMessage {

    private static final int MOST_INFO_BYTES = 2_048;
    private static final int MOST_RUNNING = 100;

    private static final String SERVER = "server";
    private static final String RUNNING = "running";
    private static final String DRAINED = "drained";

    private WorkerMessage() {}

    /**
     * A worker that a message tells of.
     *
     * @param server the key of a server; null for an external program
     * @param drained the time of the order to drain that the server has carried out; null when it has none
     */
    record Told(
            Worker worker,
            @Nullable String server,
            @Nullable String drained) {}

    static String text(Worker worker, @Nullable String server, @Nullable Instant drained) {
        Map<String, @Nullable Object> message = values(worker.heartbeat());
        message.put(SERVER, server);
        if (drained != null) {
            message.put(DRAINED, drained.toString());
        }
        message.put(
                RUNNING,
                worker.running().stream()
                        .limit(MOST_RUNNING)
                        .map(WorkerMessage::values)
                        .toList());
        return Json.text(message);
    }

    private static Map<String, @Nullable Object> values(Heartbeat beat) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("status", beat.status().wireName());
        values.put("online_at", beat.onlineAt() == null ? null : String.valueOf(beat.onlineAt()));
        values.put("hostname", beat.hostname());
        values.put("version", beat.version());
        values.put("task", beat.task());
        values.put("job_id", beat.jobId() == null ? null : String.valueOf(beat.jobId()));
        values.put("job_title", beat.jobTitle());
        values.put("progress", beat.progress());
        values.put("info", JsonLimits.bytes(beat.info()) > MOST_INFO_BYTES ? Map.of() : beat.info());
        return values;
    }

    /** Reads a message. What a newer release adds is passed over. */
    static Told read(String id, String text, Instant seenAt) {
        Map<String, Object> message = Json.object(text);
        List<Heartbeat> running = message.get(RUNNING) instanceof List<?> list
                ? list.stream().map(one -> beat((Map<?, ?>) one)).toList()
                : List.of();
        return new Told(
                new Worker(id, beat(message), seenAt, false, running),
                text(message.get(SERVER)),
                text(message.get(DRAINED)));
    }

    private static Heartbeat beat(Map<?, ?> values) {
        String onlineAt = text(values.get("online_at"));
        String job = text(values.get("job_id"));
        Object info = values.get("info");
        return new Heartbeat(
                status(values.get("status")),
                onlineAt == null ? null : Instant.parse(onlineAt),
                String.valueOf(values.get("hostname")),
                String.valueOf(values.get("version")),
                text(values.get("task")),
                job == null ? null : UUID.fromString(job),
                text(values.get("job_title")),
                values.get("progress") instanceof Number number ? (Double) number.doubleValue() : null,
                info == null ? Map.of() : info);
    }

    private static WorkerStatus status(@Nullable Object word) {
        return WorkerStatus.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }
}
