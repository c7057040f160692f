package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.load.WaitModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Measures the start after {@code kill -9} on a server full of jobs, compared with the start of a server that has none. */
final class RecoveryBenchmark implements Benchmark {

    private static final String JOB = "{\"module_id\":\"wait\",\"inputs\":{}}";

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String title() {
        return "Start after `kill -9`";
    }

    /** The size is the number of waiting jobs. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int pending = scale.first(500, 100_000);
        int running = scale.size(16, 1_000);
        int rounds = scale.size(1, 3);
        Map<String, String> slots = Map.of("PAWL_WORKERS", Integer.toString(running));
        Sample empty = new Sample();
        Sample start = new Sample();
        Sample resumed = new Sample();
        try (Workspace folder = Workspace.create(name())) {
            Path jar = ModuleJar.of(WaitModule.class, "1.0.0", folder.path());
            for (int round = 0; round < rounds; round++) {
                try (Service none = Service.pawl(folder.resolve("empty"), slots)) {
                    empty.addNanos(none.startNanos());
                }
                // a new store each time: jobs that were killed twice without progress are tried one by one
                kill(folder.resolve("data-" + round), jar, slots, pending, running, start, resumed);
            }
        }
        String settings = pending + " pending jobs, " + running + " running";
        return List.of(
                Row.of("start without jobs", "", empty, "ms"),
                Row.of("start after the kill to the first 200", settings, start, "ms")
                        .against("the start without jobs", start.median() / empty.median()),
                Row.of("until all that ran run again", settings, resumed, "ms"));
    }

    private static void kill(
            Path data, Path jar, Map<String, String> slots, int pending, int running, Sample start, Sample resumed)
            throws Exception {
        Service pawl = Service.pawl(data, slots);
        try {
            pawl.client().upload(jar);
            JobLoad.post(pawl.url(), JOB, pending + running);
            JobLoad.awaitRunning(pawl.client(), running);
            pawl.kill();
            long began = System.nanoTime();
            pawl = Service.pawl(data, slots);
            start.addNanos(pawl.startNanos());
            JobLoad.awaitRunning(pawl.client(), running);
            resumed.addNanos(System.nanoTime() - began);
            verify(pawl, pending);
        } finally {
            pawl.kill(); // jobs that never end would be waited for
        }
    }

    private static void verify(Service pawl, int pending) throws IOException {
        JsonNode queue = pawl.client().get("/status").get("queue");
        if (queue.get("pending").asInt() != pending) {
            throw new IOException("Of " + pending + " waiting jobs " + queue.get("pending") + " were there again.");
        }
    }
}
