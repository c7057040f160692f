package dev.pawl.cli.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import java.util.ArrayList;
import java.util.List;

/** The sentences for people of an answer about an upgrade. */
final class UpgradeText {

    private static final long MIB = 1_048_576;

    private UpgradeText() {}

    static List<String> sentences(JsonNode answer) {
        List<String> sentences = new ArrayList<>();
        if (answer.path("unfinished_restore").asBoolean()) {
            sentences.add("A restore was interrupted; the next start finishes it first.");
        }
        sentences.add(
                switch (JsonTrees.text(answer, "verdict")) {
                    case "creates" -> "There is no store yet; a start makes one.";
                    case "opens" -> "This release opens the store as it is.";
                    case "migrates" -> migration(answer);
                    default -> JsonTrees.text(answer, "reason");
                });
        if (answer.has("running")) {
            sentences.add("A server has the data folder open. Stop it before another release is started on it.");
        }
        if (answer.has("offered")) {
            sentences.add(JsonTrees.text(answer.path("offered"), "sentence"));
        }
        return sentences;
    }

    private static String migration(JsonNode answer) {
        long needed = answer.path("store_bytes").asLong();
        String sentence = "A start of this release makes a backup, migrates the store from schema version "
                + JsonTrees.text(answer, "schema_version") + " to "
                + JsonTrees.text(answer, "supported_schema_version") + ", and opens it.";
        return answer.path("room_bytes").asLong() < 3 * needed
                ? sentence
                        + " The migration itself may take up to twice the room of the backup meanwhile, which the disk"
                        + " lacks; if it runs out, the store stays as it is."
                : sentence;
    }

    /** A number of bytes in MiB, rounded up. */
    static String megabytes(JsonNode bytes) {
        return (bytes.asLong() + MIB - 1) / MIB + " MiB";
    }
}
