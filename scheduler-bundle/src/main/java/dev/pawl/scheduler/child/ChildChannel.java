package dev.pawl.scheduler.child;

import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.base.json.value.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The messages to and from the server, on what were standard input and output. Safe for many threads. */
final class ChildChannel {

    private final BufferedReader in;
    private final OutputStream out;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, CompletableFuture<Map<String, Object>>> waiting = new ConcurrentHashMap<>();
    private final CountDownLatch cleanup = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean over;

    ChildChannel(InputStream in, OutputStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    /** The first message; null when the server has gone. */
    @Nullable
    Map<String, Object> first() throws IOException {
        String line = in.readLine();
        return line == null ? null : Json.object(line);
    }

    /** Reads all later messages; the work of a thread. A server that has gone ends the JVM, whatever the module does. */
    void listen() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                take(Json.object(line));
            }
        } catch (IOException | IllegalArgumentException broken) {
            over = false; // what cannot be read ends it as well
        }
        if (!over) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void take(Map<String, Object> message) {
        switch (String.valueOf(message.get("type"))) {
            case "stop" -> stopped = true;
            case "cleanup" -> cleanup.countDown();
            default -> {
                CompletableFuture<Map<String, Object>> asked = waiting.remove(String.valueOf(message.get("id")));
                if (asked != null) {
                    asked.complete(message);
                }
            }
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** Nothing more is to come; the end of the input is no accident from now on. */
    void ends() {
        over = true;
    }

    void awaitCleanup() throws InterruptedException {
        cleanup.await();
    }

    void send(Map<String, ?> message) {
        byte[] line = (Json.text(message) + "\n").getBytes(StandardCharsets.UTF_8);
        write(line);
    }

    /** Sends a message that holds an object whose JSON is known. */
    void send(String begin, String json) {
        write((begin + json + "}\n").getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void write(byte[] line) {
        try {
            out.write(line);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not listen any more.", e);
        }
    }

    /** Sends a message and waits for its answer. */
    Map<String, Object> ask(Map<String, ?> message) {
        String id = String.valueOf(numbers.incrementAndGet());
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        Map<String, Object> numbered = new LinkedHashMap<>(message);
        numbered.put("id", id);
        send(numbered);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaskCancelledException("The task was interrupted.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
