package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.clock.ClockModule;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.DbSchedulerPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Measures the time from the submission of a job to the first line of its module, one job at a time: in the submitting process and over
 * HTTP, in Pawl and in db-scheduler. On Linux, all processes of a machine share the clock that {@link System#nanoTime} reads.
 */
final class LatencyBenchmark implements Benchmark {

    static final double[] SHARES = {0.5, 0.99, 0.999};
    private static final double BUDGET = 0.6;
    private static final double BUDGET_P99_MS = 5;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "From the submission of a job to the first line of its module";
    }

    /** The size is the number of jobs. A quarter as many run first, for warm-up. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(100, 3_000);
        Sample peer = new Sample();
        PeerRun.numbers(DbSchedulerPeer.class, "latency", jobs).forEach(nanos -> peer.addNanos(nanos.longValue()));
        Sample servedPeer;
        try (Workspace folder = Workspace.create(name());
                Service service = PeerRun.served(DbSchedulerPeer.class, folder.path())) {
            measurePeer(service, jobs / 4);
            servedPeer = measurePeer(service, jobs);
        }
        Sample inProcess = inProcess(jobs);
        Sample pawl;
        Sample busy;
        double half;
        try (Workspace folder = Workspace.create(name());
                Service service = Service.pawl(folder.resolve("data"))) {
            Client client = service.client();
            client.upload(ModuleJar.of(ClockModule.class, "1.0.0", folder.path()));
            measure(service, jobs / 4);
            pawl = measure(service, jobs);
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
            int load = scale.size(1_000, 20_000);
            JobLoad.toTheirEnd(service, load);
            half = load / JobLoad.toTheirEnd(service, load) / 2;
            SteadyLoad beside = SteadyLoad.begin(service.url(), half);
            try {
                busy = measure(service, jobs);
            } finally {
                beside.stop();
            }
        }
        List<Row> rows = new ArrayList<>();
        for (double share : SHARES) {
            rows.add(Row.percentile("db-scheduler in process,", "immediate execution, SQLite WAL + FULL", peer, share));
        }
        rows.addAll(compared("Pawl in process,", inProcess, peer));
        for (double share : SHARES) {
            rows.add(Row.percentile("db-scheduler over HTTP,", "the same behind a bare Jetty", servedPeer, share));
        }
        rows.addAll(compared("Pawl over HTTP,", pawl, servedPeer));
        String settings = String.format(Locale.ROOT, "beside %,.0f no-op jobs/s, half of what it takes", half);
        for (double share : SHARES) {
            rows.add(Row.percentile("Pawl over HTTP at half load,", settings, busy, share));
        }
        return rows;
    }

    private static List<Row> compared(String what, Sample pawl, Sample peer) {
        List<Row> rows = new ArrayList<>();
        for (double share : SHARES) {
            double ratio = pawl.percentile(share) / peer.percentile(share);
            Row row = Row.percentile(what, "one job at a time", pawl, share).against("db-scheduler", ratio);
            rows.add(
                    share == 0.5
                            ? row.atMost(BUDGET, "×", ratio)
                            : share == 0.99 ? row.atMost(BUDGET_P99_MS, " ms", pawl.percentile(share)) : row);
        }
        return rows;
    }

    /** Lets a module submit one job after the other from within the server. */
    private static Sample inProcess(int jobs) throws Exception {
        try (Workspace folder = Workspace.create("latency");
                Service service = FeedModules.serve(folder, Map.of())) {
            FeedModules.run(service, "one-by-one", jobs / 4);
            Sample sample = new Sample();
            FeedModules.run(service, "one-by-one", jobs).get("nanos").forEach(nanos -> sample.addNanos(nanos.asLong()));
            return sample;
        }
    }

    /** Submits one job after the other to Pawl and takes the time of each, in milliseconds. */
    static Sample measure(Service service, int jobs) throws Exception {
        return measure(service, LatencyBenchmark::begun, jobs);
    }

    /** Finds out when the module of a job began; null when it has not yet. */
    private interface Began {
        @Nullable
        Long nanos(Client client, String answer, long submitted) throws Exception;
    }

    /** The same with a peer behind HTTP. */
    static Sample measurePeer(Service service, int jobs) throws Exception {
        return measure(service, LatencyBenchmark::begunInPeer, jobs);
    }

    private static Sample measure(Service service, Began began, int jobs) throws Exception {
        Client client = service.client();
        Sample sample = new Sample();
        try (Poster poster = new Poster(service.url(), "/jobs", "{\"module_id\":\"clock\",\"inputs\":{}}")) {
            for (int n = 0; n < jobs; n++) {
                long submitted = System.nanoTime();
                String answer = poster.post();
                Long begun = null;
                while (begun == null) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5)); // lets the server become idle again
                    begun = began.nanos(client, answer, submitted);
                }
                sample.addNanos(begun - submitted);
            }
        }
        return sample;
    }

    private static @Nullable Long begun(Client client, String answer, long submitted) throws Exception {
        String id = answer.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        JsonNode results = client.get("/jobs/" + id + "/results").get("results");
        return results.isEmpty()
                ? null
                : (Long) results.get(0).get("data").get("nanos").asLong();
    }

    private static @Nullable Long begunInPeer(Client client, String answer, long submitted) throws Exception {
        long nanos = client.get("/").get("begun").asLong();
        return nanos < submitted ? null : (Long) nanos;
    }
}
