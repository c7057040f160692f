package dev.pawl.testkit;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.RecordKind.Column;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records of every kind: with all values, and with as few as there may be. A column that is not known here gets a value of its type, so that a
 * kind that is added later is tested too.
 */
final class SampleRecords {

    /** Text that is hard to keep: the character U+0000, half of a surrogate pair as JSON writes it, and letters of all planes. */
    static final String HARD = "a\u0000b\uFFFFc \\ud800 \u00e4\u4e2d\ud83d\ude00";

    private static final byte[] JAR = "the bytes of a jar".getBytes(StandardCharsets.UTF_8);
    private static final int PART_BYTES = 512 << 10;
    private static final String REQUEST = "{\"tasks\":[{\"module\":\"m\"}]%s}";

    /** Columns, each after its kind, that may be null. */
    private static final Set<String> OPTIONAL = Set.of(
            "saved tasks.checkpoint",
            "saved tasks.version",
            "saved tasks.settings",
            "former runs.module_version",
            "former runs.worker",
            "former runs.failure",
            "done tasks.module_version",
            "waits.not_before",
            "deployments.source",
            "deployments.signer",
            "deployment history.from_version",
            "deployment history.to_version",
            "schedules.origin",
            "schedules.origin_name",
            "schedules.next_at",
            "schedules.fire_at",
            "schedules.last_at",
            "schedules.last_job",
            "fires.job",
            "hooks.callback_source",
            "calls of hooks.delivery_id",
            "calls of hooks.job",
            "calls of hooks.held_until",
            "received callbacks.callback_id",
            "received callbacks.source",
            "received callbacks.status",
            "notifications.closed_at",
            "notifications.next_at",
            "tries of notifications.error",
            "tries of notifications.answer",
            "deliveries.next_at",
            "tries of deliveries.error",
            "tries of deliveries.answer");

    /** Columns that take certain words alone. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "ends of awaited jobs.outcome", List.of("completed", "removed"),
            "fires.outcome", List.of("started", "failed"),
            "notifications.event", List.of("failed", "missed"),
            "notifications.state", List.of("waiting", "failed"),
            "deliveries.event", List.of("completed", "failed"),
            "deliveries.state", List.of("waiting", "delivered"),
            "deployments.sha256", List.of(sha256(JAR), sha256(new byte[0])),
            "log lines.level", List.of("INFO", "ERROR"));

    private SampleRecords() {}

    /** The records of a kind, in the order of their keys. */
    static List<@Nullable Object[]> of(RecordKind kind) {
        return switch (kind.name()) {
            case "jobs" -> jobs(kind);
            case "parts of module jars" ->
                List.of(new Object[] {sha256(new byte[0]), 0L, new byte[0]}, new Object[] {sha256(JAR), 0L, JAR})
                        .stream()
                        .sorted((one, other) -> ((String) one[0]).compareTo((String) other[0]))
                        .toList();
            case "artifacts" -> artifacts();
            case "jobs with artifacts" ->
                List.of(new Object[] {1L, id(1), 2L, (long) PART_BYTES + 1}, new Object[] {2L, id(2), 1L, 0L});
            case "parts of artifacts" ->
                List.of(
                        new Object[] {id(1), "f1", 0L, new byte[PART_BYTES]},
                        new Object[] {id(1), "f1", 1L, new byte[1]},
                        new Object[] {id(2), "f2", 0L, new byte[0]});
            case "rules of time zones", "anchors of the audit log" -> List.<@Nullable Object[]>of(record(kind, 0));
            default -> List.of(record(kind, 0), record(kind, 1));
        };
    }

    private static List<@Nullable Object[]> artifacts() {
        return List.of(
                new Object[] {
                    1L, "a/" + HARD, "f1", (long) PART_BYTES + 1, "text/plain", sha256(new byte[PART_BYTES + 1]), 0L, 5L
                },
                new Object[] {2L, "empty", "f2", 0L, "text/plain", sha256(new byte[0]), 1L, 6L});
    }

    /** A job of each status, and what only some have: a callback, a long request, a lease, a trial, a due time. */
    private static List<@Nullable Object[]> jobs(RecordKind kind) {
        String callback =
                ",\"callback\":{\"url\":\"https://example.org:8443/done\",\"events\":[\"completed\",\"failed\"]}";
        String filler = ",\"title\":\"" + "x".repeat(600) + "\"";
        List<@Nullable Object[]> jobs = new ArrayList<>();
        jobs.add(job(
                kind,
                1,
                Map.of("status", "pending", "request", String.format(REQUEST, callback), "unique_key", "key")));
        jobs.add(job(
                kind, 2, Map.of("status", "pending", "due_at", 9_000_000L, "request", String.format(REQUEST, filler))));
        jobs.add(job(
                kind,
                4,
                Map.of("status", "running", "epoch", 1L, "started_at", 5L, "worker", HARD, "trial_until", 7L)));
        jobs.add(job(
                kind,
                5,
                Map.of("status", "running", "epoch", 3L, "leased_until", 8L, "unique_key", HARD, "percent", 12.5)));
        jobs.add(job(
                kind, 6, Map.of("status", "completed", "completed_at", 9L, "starter_id", "t1", "starter_name", HARD)));
        jobs.add(job(
                kind,
                1_000_007,
                Map.of("status", "failed", "completed_at", 9L, "failure", HARD, "attempt", 3L, "crashes", 2L)));
        jobs.add(job(
                kind,
                1_000_008,
                Map.of("status", "stopped", "completed_at", 9L, "stopper_id", "t2", "stopper_name", "who")));
        jobs.add(job(
                kind,
                1_000_009,
                Map.of(
                        "status",
                        "completed",
                        "completed_at",
                        9L,
                        "lines",
                        7L,
                        "results",
                        5L,
                        "final_results",
                        4L,
                        "info",
                        HARD,
                        "log_size",
                        9L)));
        return jobs;
    }

    private static @Nullable Object[] job(RecordKind kind, long n, Map<String, Object> given) {
        Map<String, Object> always = Map.of(
                "job",
                n,
                "id",
                id(n),
                "module_key",
                "m",
                "request",
                String.format(REQUEST, ""),
                "search_title",
                "m",
                "created_at",
                1_000_000L - n % 3,
                "attempt",
                1L,
                "percent",
                0.0);
        @Nullable Object[] values = new Object[kind.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Column column = kind.columns().get(i);
            Object value = given.getOrDefault(column.name(), always.get(column.name()));
            boolean isOptional = column.type() == RecordKind.Type.TEXT
                    || Set.of("due_at", "leased_until", "trial_until", "completed_at", "started_at", "run_started_at")
                            .contains(column.name());
            values[i] = value == null && !isOptional ? Long.valueOf(0) : value;
        }
        return values;
    }

    /** A record with all values, or with as few as there may be. */
    private static @Nullable Object[] record(RecordKind kind, int number) {
        @Nullable Object[] values = new Object[kind.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Column column = kind.columns().get(i);
            values[i] = number == 1 && OPTIONAL.contains(kind.name() + "." + column.name())
                    ? null
                    : value(kind, column, number);
        }
        return values;
    }

    private static Object value(RecordKind kind, Column column, int number) {
        List<String> words = WORDS.get(kind.name() + "." + column.name());
        if (words != null) {
            return words.get(number);
        }
        return switch (column.type()) {
            case NUMBER -> 1L + number; // also a reference to the first or second record of another kind
            case REAL -> 0.5 + number;
            case TEXT -> number == 0 ? "A value" : HARD + column.name();
            case FLAG -> number == 0;
            case ID -> id(1L + number);
            case BYTES -> new byte[] {(byte) number, 0, -1};
        };
    }

    private static UUID id(long n) {
        return new UUID(0x0123_4567_89ab_7cdeL, n);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
