package dev.pawl.scheduler.queue;

import dev.pawl.base.json.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * An order to a server to take no jobs and to hand over those that it runs.
 *
 * @param at the time at which it was given, by which orders differ
 * @param drainTime how long a job may take to reach a checkpoint
 */
public record DrainOrder(Instant at, Duration drainTime) {

    private static final String AT = "at";
    private static final String DRAIN_TIME = "drain_ms";

    /** The order as a document. */
    String text() {
        return Json.text(Map.of(AT, at.toString(), DRAIN_TIME, drainTime.toMillis()));
    }

    /** Reads a document. One that a newer release has written in another way is an order all the same. */
    static DrainOrder read(String text) {
        Map<String, Object> values = Json.object(text);
        Duration time = values.get(DRAIN_TIME) instanceof Number ms ? Duration.ofMillis(ms.longValue()) : Duration.ZERO;
        try {
            return new DrainOrder(Instant.parse(String.valueOf(values.get(AT))), time);
        } catch (DateTimeParseException e) {
            return new DrainOrder(Instant.EPOCH, time);
        }
    }
}
