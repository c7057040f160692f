package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/**
 * A heartbeat as third-party programs send it.
 *
 * @param percent the server's reading of the progress; null when there is no valid progress
 * @param info the info that the server shows; null when it is too long to be shown whole
 */
record OddHeartbeat(ObjectNode document, Double percent, JsonNode info) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONG = 20_000;

    /** The heartbeat of an idle worker. */
    static OddHeartbeat idle(String worker, Random random) {
        ObjectNode document = document(worker, random);
        if (random.nextBoolean()) {
            document.put("status", random.nextBoolean() ? "idle" : "STARTUP");
        }
        return new OddHeartbeat(document, null, null);
    }

    /** The heartbeat of a worker with a job. */
    static OddHeartbeat of(String worker, String job, String module, Random random) {
        ObjectNode document = document(worker, random);
        document.put("status", random.nextInt(4) == 0 ? "Busy with it" : "in_progress");
        document.put("job_id", job);
        document.put("task", module);
        document.set("job_title", random.nextBoolean() ? JSON.nullNode() : JSON.textNode("[Group] Show 01.mkv"));
        Double percent = progress(document, random);
        boolean known = random.nextInt(8) != 0;
        JsonNode info = known ? info(random) : JSON.textNode("x".repeat(LONG));
        document.set("info", info);
        return new OddHeartbeat(document, percent, known ? info : null);
    }

    /** The same heartbeat without the job's id, for a worker that named itself in the poll. */
    OddHeartbeat withoutJob() {
        ObjectNode without = document.deepCopy();
        without.remove("job_id");
        without.put("status", "in_progress");
        return new OddHeartbeat(without, percent, info);
    }

    private static ObjectNode document(String worker, Random random) {
        ObjectNode document = JSON.objectNode();
        document.set("hostname", random.nextInt(5) == 0 ? JSON.numberNode(17) : JSON.textNode(worker + ".example"));
        document.set(
                "online_at",
                switch (random.nextInt(4)) {
                    case 0 -> JSON.textNode("None");
                    case 1 -> JSON.nullNode();
                    case 2 -> JSON.textNode("2026-01-01T10:00:00+00:00");
                    default -> JSON.textNode("2026-01-01 10:00:00.392000+00:00");
                });
        document.set("version", random.nextInt(5) == 0 ? JSON.arrayNode().add(1).add(5) : JSON.textNode("1.5.9"));
        if (random.nextInt(6) == 0) {
            document.put("gpu", "none of the fields that are known");
        }
        return document;
    }

    private static Double progress(ObjectNode document, Random random) {
        switch (random.nextInt(6)) {
            case 0 -> {
                document.put("progress", 194);
                return 100.0;
            }
            case 1 -> {
                document.put("progress", -3.5);
                return 0.0;
            }
            case 2 -> {
                document.put("progress", "None");
                return null;
            }
            case 3 -> {
                document.put("progress", "62.5");
                return 62.5;
            }
            default -> {
                int percent = random.nextInt(100);
                document.put("progress", percent);
                return (double) percent;
            }
        }
    }

    private static JsonNode info(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> JSON.textNode("frame " + random.nextInt());
            case 1 -> JSON.numberNode(random.nextInt(1_000));
            case 2 -> JSON.arrayNode().add("{not json").add(random.nextInt()).addNull();
            case 3 -> JSON.booleanNode(random.nextBoolean());
            default -> {
                ObjectNode info = JSON.objectNode().put("fps", random.nextInt(60));
                info.set("file", JSON.objectNode().put("[Group] Show 01.mkv", "\u00e9\ud83c\udfac"));
                yield info;
            }
        };
    }
}
