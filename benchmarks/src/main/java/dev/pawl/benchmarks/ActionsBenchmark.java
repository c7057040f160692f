package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the end of one job before many that wait for it, and actions in the background on all of them, with the server's memory: new
 * priorities and removals.
 */
final class ActionsBenchmark implements Benchmark {

    private static final int BATCH = 1_000;
    private static final long POLL_MS = 200;

    @Override
    public String name() {
        return "actions";
    }

    @Override
    public String title() {
        return "Many jobs that wait for one, and actions on many";
    }

    /** The size is the number of jobs. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = Math.max(BATCH, scale.size(5_000, 1_000_000) / BATCH * BATCH);
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name());
                Service pawl = Service.pawl(folder.resolve("data"), FinishedBenchmark.SETTINGS)) {
            Client client = pawl.client();
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
            client.post("/queue", "{\"tasks\": [{\"module\": \"elsewhere\"}], \"unique_key\": \"first\"}");
            String first =
                    client.get("/queue").path("queue").get(0).path("job_id").asText();
            add(client, first, jobs);
            rows.add(action(pawl, "prioritize", "\"pending\"", ", \"priority\": 5", jobs));
            long began = System.nanoTime();
            client.post("/jobs/" + first + "/stop", "{}");
            while (client.get("/jobs/counts?exact=true").at("/counts/pending").asLong() > 0) {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
            rows.add(row(pawl, "jobs that fail with the one for which they wait", jobs, began));
            rows.add(action(pawl, "remove", "\"failed\"", "", jobs));
        }
        return rows;
    }

    /** Adds jobs that wait for one. */
    private static void add(Client client, String first, int jobs) throws Exception {
        String job = "{\"module_id\": \"noop\", \"after\": [\"" + first + "\"]}";
        String body = "{\"jobs\": [" + (job + ",").repeat(BATCH - 1) + job + "]}";
        for (int n = 0; n < jobs; n += BATCH) {
            client.post("/jobs", body);
        }
    }

    private static Row action(Service pawl, String action, String status, String more, int jobs) throws Exception {
        Client client = pawl.client();
        long began = System.nanoTime();
        String id = client.post(
                        "/jobs/actions",
                        "{\"action\": \"" + action + "\", \"filter\": {\"status\": " + status + "}, \"async\": true"
                                + more + "}")
                .path("job_id")
                .asText();
        JsonNode job = client.get("/jobs/" + id);
        while (!job.path("status").asText().equals("completed")) {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            job = client.get("/jobs/" + id);
        }
        return row(
                pawl,
                "jobs of " + action + " in the background",
                job.at("/info/done").asInt(jobs),
                began);
    }

    private static Row row(Service pawl, String what, int jobs, long beganNs) throws Exception {
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        return Row.of(
                what,
                jobs + " jobs, then " + Math.round(pawl.residentMebibytes()) + " MiB resident",
                Sample.of(jobs / seconds),
                "/s");
    }
}
