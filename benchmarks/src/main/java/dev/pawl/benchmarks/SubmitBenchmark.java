package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/**
 * Measures the rate of {@code POST /jobs}, while the jobs run and alone, and of {@code GET /jobs/{id}}, compared with an empty servlet
 * that parses the same JSON.
 */
final class SubmitBenchmark implements Benchmark {

    private static final double BUDGET = 0.4;

    @Override
    public String name() {
        return "submit";
    }

    @Override
    public String title() {
        return "Requests per second";
    }

    /** The size is the number of requests. A quarter as many are sent first, for warm-up. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(1_000, 40_000);
        int rounds = scale.size(1, 3);
        Sample empty = new Sample();
        Sample busy = new Sample();
        Sample alone = new Sample();
        Sample got = new Sample();
        try (Workspace folder = Workspace.create(name())) {
            try (Service jetty = Service.java(BareJetty.class, List.of("-XX:+UseSerialGC"), folder.resolve("jetty"))) {
                JobLoad.post(jetty.url(), jobs / 4);
                for (int round = 0; round < rounds; round++) {
                    empty.add(jobs / JobLoad.post(jetty.url(), jobs));
                }
            }
            try (Service pawl = Service.pawl(folder.resolve("data"))) {
                Client client = pawl.client();
                client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                JobLoad.toTheirEnd(pawl, jobs / 4);
                for (int round = 0; round < rounds; round++) {
                    busy.add(jobs / JobLoad.post(pawl.url(), jobs));
                    JobLoad.awaitIdle(client);
                }
                String id =
                        client.get("/jobs?limit=1").get("jobs").get(0).get("id").asText();
                JobLoad.get(pawl.url(), "/jobs/" + id, jobs / 4);
                for (int round = 0; round < rounds; round++) {
                    got.add(jobs / JobLoad.get(pawl.url(), "/jobs/" + id, jobs));
                }
                client.send("PATCH", "/queue", "application/json", BodyPublishers.ofString("{\"disabled\":true}"));
                for (int round = 0; round < rounds; round++) {
                    alone.add(jobs / JobLoad.post(pawl.url(), jobs));
                }
            }
        }
        String settings = jobs + " requests, 16 connections";
        double ratio = alone.median() / empty.median();
        return List.of(
                Row.of("bare Jetty + Jackson, POST", settings, empty, "requests/s"),
                Row.of("`POST /jobs` while the jobs run", settings, busy, "requests/s")
                        .against("bare Jetty", busy.median() / empty.median()),
                Row.of("`POST /jobs`, the queue paused", settings, alone, "requests/s")
                        .against("bare Jetty", ratio)
                        .atLeast(BUDGET, "×", ratio),
                Row.of("`GET /jobs/{id}`", settings, got, "requests/s")
                        .against("bare Jetty", got.median() / empty.median()));
    }
}
