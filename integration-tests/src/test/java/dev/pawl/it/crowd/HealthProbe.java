package dev.pawl.it.crowd;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An honest client that asks for the server's health all the time and measures how long each answer takes. */
final class HealthProbe implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long LIMIT_S = 30;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;
    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::ask, "health-probe");
    private volatile boolean closed;

    HealthProbe(URI server) {
        this.request = HttpRequest.newBuilder(server.resolve("/status/health"))
                .timeout(Duration.ofSeconds(LIMIT_S))
                .build();
        thread.start();
    }

    private void ask() {
        while (!closed) {
            long began = System.nanoTime();
            try {
                int status = client.send(request, BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    failures.add("status " + status);
                }
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                return;
            }
            nanos.add(System.nanoTime() - began);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** How many answers there were. */
    int answers() {
        return nanos.size();
    }

    /** The answers that were no good; the server is healthy throughout. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** The time within which this part of all answers came, in milliseconds. */
    long millis(double part) {
        List<Long> sorted = new ArrayList<>(List.copyOf(nanos));
        Collections.sort(sorted);
        if (sorted.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return TimeUnit.NANOSECONDS.toMillis(sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size())));
    }

    @Override
    public String toString() {
        return answers() + " answers, median " + millis(0.5) + " ms, 90 % within " + millis(0.9) + " ms, 99 % within "
                + millis(0.99) + " ms, the last " + millis(1) + " ms, failures " + failures;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
