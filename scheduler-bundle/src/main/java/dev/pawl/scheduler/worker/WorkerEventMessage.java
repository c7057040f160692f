package dev.pawl.scheduler.worker;

import dev.pawl.base.json.value.Json;
import dev.pawl.service.event.WorkerEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An event of a worker as JSON, by which servers tell each other of it. It bears no time: each server has its own clock. */
final class WorkerEventMessage {

    private WorkerEventMessage() {}

    static String text(WorkerEvent event) {
        return Json.text(Map.of(
                "change",
                event.change().wireName(),
                "id",
                event.id(),
                "hostname",
                event.hostname(),
                "version",
                event.version(),
                "disabled",
                event.disabled()));
    }

    /**
     * Reads a message; empty when it tells of a change that only a newer release knows.
     *
     * @param at the time at which it has arrived
     */
    static Optional<WorkerEvent> read(String text, Instant at) {
        Map<String, Object> message = Json.object(text);
        String word = String.valueOf(message.get("change")).toUpperCase(Locale.ROOT);
        for (WorkerEvent.Change change : WorkerEvent.Change.values()) {
            if (change.name().equals(word)) {
                return Optional.of(new WorkerEvent(
                        at,
                        change,
                        String.valueOf(message.get("id")),
                        String.valueOf(message.get("hostname")),
                        String.valueOf(message.get("version")),
                        Boolean.TRUE.equals(message.get("disabled"))));
            }
        }
        return Optional.empty();
    }
}
