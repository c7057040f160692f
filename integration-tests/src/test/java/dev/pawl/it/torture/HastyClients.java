package dev.pawl.it.torture;

import dev.pawl.it.server.Api;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that send valid requests without a pause on persistent connections, until the server closes them. */
final class HastyClients implements AutoCloseable {

    private static final Map<String, Object> JOB =
            Map.of("module_id", "hello", "inputs", Map.of("name", "World", "count", 1));
    private static final List<String> READS = List.of("/queue", "/jobs?limit=5", "/status");

    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean closed;

    private HastyClients() {}

    /** Starts the clients. */
    static HastyClients on(Api api, int clients) {
        HastyClients hasty = new HastyClients();
        for (int n = 0; n < clients; n++) {
            int number = n;
            Thread thread = new Thread(() -> hasty.ask(api, number), "hasty-client-" + n);
            thread.setDaemon(true);
            thread.start();
            hasty.threads.add(thread);
        }
        return hasty;
    }

    private void ask(Api api, int number) {
        try {
            for (int n = number; !closed; n++) {
                note(n % 4 == 0 ? api.get(READS.get(n / 4 % READS.size())) : api.post("/jobs", JOB));
            }
        } catch (UncheckedIOException cutOff) {
            // the server closed the connection, as it may
        } catch (RuntimeException e) {
            failed.add("a client failed: " + e);
        }
    }

    private void note(Api.Answer answer) {
        answered.incrementAndGet();
        statuses.computeIfAbsent(answer.status(), status -> new AtomicInteger()).incrementAndGet();
        if (answer.status() != 200 && answer.status() != 503) {
            failed.add("a good request was answered with " + answer);
        }
    }

    /** The number of answers so far. */
    int answered() {
        return answered.get();
    }

    /** The number of answers by status. */
    Map<Integer, AtomicInteger> statuses() {
        return statuses;
    }

    /** The answers that no valid request may get. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /** Waits until all clients have been cut off. */
    void await() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Ends the clients, each after its current answer. */
    @Override
    public void close() {
        closed = true;
    }
}
