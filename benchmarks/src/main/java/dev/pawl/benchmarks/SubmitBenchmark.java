package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** No-op jobs over HTTP: the rate of {@code POST /jobs} beside an empty servlet, and of jobs run to their end. */
public final class SubmitBenchmark {

    private static final int CLIENTS = 16;
    private static final String JOB = "{\"module_id\":\"noop\",\"inputs\":{}}";
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private SubmitBenchmark() {}

    /** Takes the number of jobs; 20,000 when none is given. A quarter as many go before, uncounted. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-submit");
        double empty;
        try (Service service = Service.java(BareJetty.class, List.of("-XX:+UseSerialGC"), folder.resolve("jetty"))) {
            post(service.client(), jobs / 4);
            empty = jobs / post(service.client(), jobs);
        }
        try (Service pawl = Service.pawl(folder.resolve("data"))) {
            Client client = pawl.client();
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            post(client, jobs / 4);
            awaitIdle(client);
            long began = System.nanoTime();
            double posted = jobs / post(client, jobs);
            awaitIdle(client);
            double ended = jobs / ((System.nanoTime() - began) / 1e9);
            Figures.line("empty servlet, %d clients: %.0f requests/s", CLIENTS, empty);
            Figures.line(
                    "POST /jobs while they run, %d clients: %.0f requests/s, ratio %.2f",
                    CLIENTS, posted, posted / empty);
            Figures.line("no-op jobs, submitted over HTTP and run to their end: %.0f jobs/s", ended);
        }
    }

    /** Posts so many jobs; returns the seconds that took. */
    private static double post(Client client, int jobs) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(jobs);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        long began = System.nanoTime();
        for (int n = 0; n < CLIENTS; n++) {
            clients.execute(() -> {
                try {
                    while (left.getAndDecrement() > 0) {
                        client.post("/jobs", JOB);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        clients.shutdown();
        if (!clients.awaitTermination(LIMIT.toMinutes(), TimeUnit.MINUTES)) {
            throw new IllegalStateException("The jobs were not sent within " + LIMIT + ".");
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void awaitIdle(Client client) throws IOException {
        while (true) {
            var queue = client.get("/status").get("queue");
            if (queue.get("pending").asLong() + queue.get("running").asLong() == 0) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
