package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.clock.ClockModule;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures a server whose store holds very many finished jobs, compared with one that holds few. {@link StoreCopy} makes them. */
final class FinishedBenchmark implements Benchmark {

    static final int FEW = 2_000;

    private static final int PURGED = 300;
    private static final int PURGES = 6;
    private static final int PURGED_DAYS = 40;
    private static final double BUDGET = 1.2;
    static final Map<String, String> SETTINGS =
            Map.of("PAWL_KEEP_COMPLETED", "forever"); // or the start would purge what the purge is measured with

    @Override
    public String name() {
        return "finished";
    }

    @Override
    public String title() {
        return "Requests beside very many finished jobs";
    }

    /** The size is the number of finished jobs. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(10_000, scale.isLarge() ? 10_000_000 : 1_000_000);
        int rounds = scale.size(20, 400);
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name())) {
            Path data = folder.resolve("data");
            fill(folder, data, FEW);
            Map<String, Sample> few = measure(data, rounds);
            fill(folder, data, jobs);
            double bytes = Files.size(data.resolve("pawl.db"));
            Map<String, Sample> many = measure(data, rounds);
            String settings = jobs + " finished jobs";
            few.forEach((what, sample) -> {
                Sample beside = many.getOrDefault(what, sample);
                double ratio = beside.median() / sample.median();
                rows.add(Row.of(what, settings, beside, "ms")
                        .against(FEW + " jobs' " + Row.number(sample.median()) + " ms", ratio)
                        .atMost(BUDGET, "×", ratio));
            });
            rows.add(Row.of("database", settings, Sample.of(bytes / 1024 / 1024), "MiB"));
            rows.add(Row.of("database, a job", settings, Sample.of(bytes / jobs), "bytes"));
        }
        return rows;
    }

    /** Runs some no-op jobs on a new server, or one with data, stops it and copies them until there are this many. */
    static void fill(Workspace folder, Path data, int jobs) throws Exception {
        try (Service pawl = Service.pawl(data, SETTINGS)) {
            pawl.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
            pawl.client().upload(ModuleJar.of(ClockModule.class, "1.0.0", folder.path()));
            JobLoad.toTheirEnd(pawl, Math.min(jobs, FEW));
        }
        try (StoreCopy store = StoreCopy.open(data)) {
            store.growTo(jobs);
            for (int purge = 0; purge < PURGES; purge++) {
                store.age(purge * PURGED, PURGED, oldest(purge));
            }
        }
    }

    private static Map<String, Sample> measure(Path data, int rounds) throws Exception {
        Map<String, Sample> samples = new LinkedHashMap<>();
        try (Service pawl = Service.pawl(data, SETTINGS)) {
            Client client = pawl.client();
            JobLoad.toTheirEnd(pawl, FEW);
            samples.put("submission to work", LatencyBenchmark.measure(pawl, rounds));
            samples.put("first page of the list, 100 jobs", timed(rounds, () -> client.get("/jobs?limit=100")));
            samples.put("counts", timed(rounds, () -> client.get("/status")));
            samples.put("search by title that finds", timed(rounds, () -> client.get("/jobs?limit=100&q=noop")));
            samples.put("search that finds nothing", timed(3, () -> client.get("/jobs?limit=100&q=nowhere")));
            samples.put("purge of " + PURGED, purges(client));
            client.send("PATCH", "/queue", "application/json", BodyPublishers.ofString("{\"disabled\":true}"));
            String job = "{\"module_id\":\"noop\",\"inputs\":{}}";
            samples.put("`POST /jobs`, one client", timed(rounds, () -> client.post("/jobs", job)));
            client.send("PATCH", "/queue", "application/json", BodyPublishers.ofString("{\"disabled\":false}"));
            JobLoad.awaitIdle(client);
        }
        return samples;
    }

    /** The age in days of the jobs that a purge removes; the first removes the oldest. */
    private static int oldest(int purge) {
        return PURGED_DAYS + 2 * (PURGES - purge);
    }

    /** Purges one part of the old jobs after the other; the first is for warm-up. */
    private static Sample purges(Client client) throws Exception {
        Sample sample = new Sample();
        for (int purge = 0; purge < PURGES; purge++) {
            String request = "/store/purge?older_than=" + (oldest(purge) - 1) + "d";
            long began = System.nanoTime();
            int purged = client.post(request, "").get("total").asInt();
            if (purge > 0) {
                sample.addNanos(System.nanoTime() - began);
            }
            if (purged != PURGED) {
                throw new IllegalStateException(purged + " jobs were removed instead of " + PURGED + ".");
            }
        }
        return sample;
    }

    /** A request. */
    private interface Request {
        void send() throws Exception;
    }

    /** Sends a request a number of times, after a quarter as many for warm-up. */
    private static Sample timed(int rounds, Request request) throws Exception {
        Sample sample = new Sample();
        for (int round = -rounds / 4; round < rounds; round++) {
            long began = System.nanoTime();
            request.send();
            if (round >= 0) {
                sample.addNanos(System.nanoTime() - began);
            }
        }
        return sample;
    }
}
