package dev.pawl.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** No-op jobs, sent by several clients at once. */
final class JobLoad {

    static final int CLIENTS = 16;

    /** A job of {@link dev.pawl.benchmarks.modules.noop.NoOpModule}. */
    private static final String JOB = "{\"module_id\":\"noop\",\"inputs\":{}}";

    private static final Duration LIMIT = Duration.ofMinutes(30);

    private JobLoad() {}

    /** Posts a number of jobs; returns the seconds that it took. */
    static double post(URI url, int jobs) throws IOException, InterruptedException {
        return post(url, JOB, jobs);
    }

    /** Posts a job a number of times; returns the seconds that it took. */
    static double post(URI url, String job, int jobs) throws IOException, InterruptedException {
        return send(jobs, () -> new Poster(url, "/jobs", job));
    }

    /** Asks for a path a number of times; returns the seconds that it took. */
    static double get(URI url, String path, int times) throws IOException, InterruptedException {
        return send(times, () -> Poster.getter(url, path));
    }

    /** Posts a number of jobs and waits until all have ended; returns the seconds that it took. */
    static double toTheirEnd(Service service, int jobs) throws IOException, InterruptedException {
        long began = System.nanoTime();
        post(service.url(), jobs);
        awaitIdle(service.client());
        return (System.nanoTime() - began) / 1e9;
    }

    /** Connects a client. */
    private interface Connecting {
        Poster connect() throws IOException;
    }

    private static double send(int times, Connecting client) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(times);
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        long began = System.nanoTime();
        for (int n = 0; n < CLIENTS; n++) {
            clients.execute(() -> {
                try (Poster poster = client.connect()) {
                    while (left.getAndDecrement() > 0) {
                        poster.post();
                    }
                } catch (IOException e) {
                    failure.set(e);
                }
            });
        }
        clients.shutdown();
        if (!clients.awaitTermination(LIMIT.toMinutes(), TimeUnit.MINUTES)) {
            throw new IOException("The jobs were not sent within " + LIMIT + ".");
        }
        if (failure.get() != null) {
            throw new IOException("A job was not taken.", failure.get());
        }
        return (System.nanoTime() - began) / 1e9;
    }

    /** Waits until no job runs or waits. */
    static void awaitIdle(Client client) throws IOException {
        while (true) {
            JsonNode queue = client.get("/status").get("queue");
            if (queue.get("pending").asLong() + queue.get("running").asLong() == 0) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Waits until this number of jobs run. */
    static void awaitRunning(Client client, int jobs) throws IOException {
        long until = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            long running = client.get("/status").get("queue").get("running").asLong();
            if (running >= jobs) {
                return;
            }
            if (System.nanoTime() > until) {
                throw new IOException("Only " + running + " of " + jobs + " jobs run after " + LIMIT + ".");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
