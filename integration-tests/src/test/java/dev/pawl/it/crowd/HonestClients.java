package dev.pawl.it.crowd;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Latencies;
import dev.pawl.testkit.LogFollower;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A few clients with a token, each of which starts one job after the other and follows its log to the end. */
final class HonestClients implements AutoCloseable {

    private static final int CLIENTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final URI server;
    private final String token;
    private final Latencies starts = new Latencies();
    private final Latencies jobs = new Latencies();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    HonestClients(URI server, String token) {
        this.server = server;
        this.token = token;
        for (int n = 0; n < CLIENTS; n++) {
            Thread thread = new Thread(this::work, "honest-client-" + n);
            threads.add(thread);
            thread.start();
        }
    }

    private void work() {
        HttpClient http = HttpClient.newHttpClient();
        Api api = new Api(server, token);
        while (!closed) {
            try {
                runJob(api, http.newWebSocketBuilder().header("Authorization", "Bearer " + token));
            } catch (RuntimeException | AssertionError e) {
                failures.add(e.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void runJob(Api api, WebSocket.Builder builder) {
        long began = System.nanoTime();
        String job = api.start("hello", Map.of("name", "World"));
        starts.add(System.nanoTime() - began);
        LogFollower follower = new LogFollower(builder, server.resolve("/jobs/" + job + "/logs/stream?after=0"));
        int code = follower.closeCode();
        jobs.add(System.nanoTime() - began);
        if (code != WebSocket.NORMAL_CLOSURE || follower.texts().isEmpty()) {
            failures.add("closed with " + code + " after " + follower.texts());
        }
    }

    /** The time from the request for a job to the answer that it is on disk. */
    Latencies starts() {
        return starts;
    }

    /** The time from that request to the end of the job's log, followed live. */
    Latencies jobs() {
        return jobs;
    }

    /** The failures of all clients. */
    List<String> failures() {
        return failures;
    }

    /** Ends after the current jobs. */
    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
