package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.benchmarks.modules.clock.ClockModule;
import dev.pawl.benchmarks.peer.DbSchedulerPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the time from the submission of a job to the first line of its module, one job at a time: in Pawl, over HTTP, compared with
 * db-scheduler in the submitting process. On Linux, all processes of a machine share the clock that {@link System#nanoTime} reads.
 */
public final class LatencyBenchmark {

    private LatencyBenchmark() {}

    /** Takes the number of jobs, 1,000 by default. A quarter as many run first, for warm-up. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
        Figures peer = new Figures("db-scheduler: submission to work");
        PeerRun.numbers(DbSchedulerPeer.class, "latency", jobs).forEach(nanos -> peer.add(nanos.longValue()));
        Figures pawl = new Figures("Pawl, over HTTP: submission to work");
        Path folder = Files.createTempDirectory("pawl-latency");
        try (Service service = Service.pawl(folder.resolve("data"))) {
            Client client = service.client();
            client.upload(ModuleJar.of(ClockModule.class, "1.0.0", folder));
            try (Poster poster = new Poster(service.url(), "/jobs", "{\"module_id\":\"clock\",\"inputs\":{}}")) {
                for (int n = -jobs / 4; n < jobs; n++) {
                    long submitted = System.nanoTime();
                    String id = poster.post().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
                    long begun = begun(client, id);
                    if (n >= 0) {
                        pawl.add(begun - submitted);
                    }
                }
            }
        }
        peer.print();
        pawl.print();
        Figures.line("ratio of the medians: %.2f (budget 0.6)", pawl.ms(0.5) / peer.ms(0.5));
    }

    private static long begun(Client client, String id) throws Exception {
        while (true) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            JsonNode results = client.get("/jobs/" + id + "/results").get("results");
            if (!results.isEmpty()) {
                return results.get(0).get("data").get("nanos").asLong();
            }
        }
    }
}
