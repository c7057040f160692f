package dev.pawl.cli.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A conversation with a process: the server's part, as the protocol describes it, with a note of all that is said. Used by one thread. */
final class Play {

    private static final int MOST_NOTED = 200;
    private static final int LONGEST_NOTED = 300;

    private final ModuleUnderTest module;
    private final TriedProcess process;
    private final Path work;
    private final Map<String, JsonNode> documents = new TreeMap<>();
    private final List<String> transcript = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final ObjectNode checkpoint = JsonTrees.object();
    private int results;
    private int resultsAfterPark;
    private int checkpoints;
    private boolean parks;
    private boolean parked;
    private @Nullable String end;

    Play(ModuleUnderTest module, TriedProcess process, Path work) {
        this.module = module;
        this.process = process;
        this.work = work;
    }

    /** Answers the first checkpoint with the request to leave. */
    Play parking() {
        parks = true;
        return this;
    }

    void say(JsonNode message) {
        note("> " + message);
        process.send(message);
    }

    /**
     * Goes on until a line fits, the process has nothing more to say, or the time is over.
     *
     * @return whether a line fitted
     */
    boolean until(Predicate<Line> fits, long millis) throws InterruptedException {
        long stop = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < stop && !process.isOver()) {
            String text = process.next(50);
            if (text != null) {
                Line line = take(text);
                if (fits.test(line)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Line take(String text) {
        Line line = Line.of(text, !module.listens());
        note("< " + text.replace(Line.HALF, ""));
        if (line.fault() != null) {
            faults.add(line.fault());
            return line;
        }
        if (end != null && !line.type().isEmpty() && !line.type().equals("log")) {
            faults.add(line.type() + " after " + end);
        }
        switch (line.type()) {
            case "result" -> {
                results++;
                resultsAfterPark += parked ? 1 : 0;
            }
            case "checkpoint" -> acknowledge(line.message());
            case "data" -> data(line.message());
            case "done", "failed", "valid" -> end = line.type();
            default -> {
                // nothing is to be answered
            }
        }
        return line;
    }

    private void acknowledge(JsonNode message) {
        checkpoints++;
        checkpoint.setAll((ObjectNode) message.path("values"));
        ObjectNode ack = JsonTrees.object()
                .put("type", "ack")
                .put("id", message.path("id").asText());
        if (parks) {
            parked = true;
            ack.put("park", true);
        }
        answer(message.path("id").asText(), ack);
    }

    private void data(JsonNode message) {
        String name = message.path("name").asText("");
        ObjectNode answer = JsonTrees.object()
                .put("type", "data")
                .put("id", message.path("id").asText());
        switch (message.path("op").asText()) {
            case "put" -> {
                documents.put(name, message.path("value"));
                answer.putNull("value");
            }
            case "get" -> {
                JsonNode known = documents.get(name);
                answer.set("value", known == null ? JsonTrees.object().nullNode() : known);
            }
            case "delete" -> answer.put("value", documents.remove(name) != null);
            default -> answer.set("value", JsonTrees.of(List.copyOf(documents.keySet())));
        }
        answer(message.path("id").asText(), answer);
    }

    private void answer(String id, ObjectNode message) {
        if (module.listens()) {
            say(message);
            return;
        }
        note("> " + message + " (in a file)");
        if (!id.matches("[A-Za-z0-9_-]{1,60}")) {
            faults.add("the id \"" + id + "\" is none of letters, digits, _ and -");
            return;
        }
        try {
            Path draft = Files.writeString(work.resolve("." + id + ".draft"), message + "\n");
            Files.move(draft, work.resolve(id + ".reply"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            faults.add("the answer cannot be written: " + e.getMessage());
        }
    }

    void note(String line) {
        if (transcript.size() < MOST_NOTED) {
            transcript.add(line.length() <= LONGEST_NOTED ? line : line.substring(0, LONGEST_NOTED) + "…");
        }
    }

    /** Forgets the end of a phase, since another one follows. */
    void nextPhase() {
        end = null;
    }

    List<String> transcript() {
        return List.copyOf(transcript);
    }

    List<String> faults() {
        return faults;
    }

    ObjectNode checkpoint() {
        return checkpoint;
    }

    int results() {
        return results;
    }

    int resultsAfterPark() {
        return resultsAfterPark;
    }

    int checkpoints() {
        return checkpoints;
    }

    /** The message that ended the phase; null when there was none. */
    @Nullable
    String end() {
        return end;
    }
}
