package dev.pawl.it.torture;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.cluster.Cluster;
import dev.pawl.it.cluster.SteadyClient;
import dev.pawl.it.history.Effects;
import dev.pawl.it.history.History;
import dev.pawl.it.server.Api;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Jobs with effects outside of the store, which a client starts one after the other at whichever server answers. */
final class Probes {

    private static final String TITLE = "probed";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BETWEEN_FAULTS = 2;

    private final Ledger ledger;
    private final Path effects;
    private final SteadyClient client;

    /** Begins to start jobs. */
    Probes(Cluster cluster, List<String> names, Path folder, Ledger ledger, Readers readers) {
        this.ledger = ledger;
        this.effects = folder.resolve("effects");
        this.client = new SteadyClient(
                this::request,
                at -> cluster.servers().get(names.get(at % names.size())),
                server -> cluster.data(names.stream()
                        .filter(name -> cluster.servers().get(name) == server)
                        .findFirst()
                        .orElse(names.get(0))),
                readers::follow);
        client.start();
    }

    private Map<String, ?> request(int steps) {
        Map<String, ?> inputs = Map.of("steps", steps, "pause_ms", 50, "file", effects.toString());
        return Map.of("job_title", TITLE, "module_id", "probe", "inputs", inputs);
    }

    /** Whether a job is one of them. */
    static boolean isOne(JsonNode job) {
        return job.get("job_title").asText().equals(TITLE);
    }

    /** Waits until some more have been accepted. */
    void awaitMore(String after) {
        int before = client.accepted().size();
        Eventually.eventually(
                "jobs are accepted after " + after,
                PATIENCE,
                () -> client.accepted().size() > before + BETWEEN_FAULTS);
    }

    /** Starts no more of them. */
    void end() throws InterruptedException {
        client.end();
    }

    /** The number of jobs. */
    int size() {
        return client.accepted().size();
    }

    /** Compares the jobs with their requests, and returns what their client and their module know of them. */
    History.Told told(Api api, List<Long> late) throws IOException {
        Map<UUID, Integer> accepted = new HashMap<>();
        Map<UUID, String> ended = new HashMap<>();
        client.accepted().forEach((id, steps) -> {
            JsonNode job = api.job(id);
            accepted.put(UUID.fromString(id), steps);
            ended.put(UUID.fromString(id), job.get("status").asText());
            List<Integer> found =
                    api.results(id).stream().map(row -> row.get("step").asInt()).toList();
            boolean isWhole = job.get("status").asText().equals("completed")
                    && found.equals(IntStream.rangeClosed(1, steps).boxed().toList());
            if (!isWhole && !job.get("error").asText().startsWith("The server ended ")) {
                ledger.violation(steps + " steps were asked of " + job + ", and " + found + " are there");
            }
        });
        return new History.Told(accepted, ended, Effects.read(effects), late);
    }
}
