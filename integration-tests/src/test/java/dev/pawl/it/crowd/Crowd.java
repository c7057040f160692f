package dev.pawl.it.crowd;

import dev.pawl.it.crowd.Attackers.Manner;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Many clients in a separate process of low priority, since real clients run on other machines and do not use this one's cores.
 */
final class Crowd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final CompletableFuture<Void> atWork = new CompletableFuture<>();
    private volatile long answers;

    /**
     * The request of each client.
     *
     * @param clients the number of clients
     * @param manner their behaviour after the request
     * @param line the method and the path; <code>{n}</code> stands for the client's number
     * @param headers the header lines, each with its line end
     * @param body the bytes sent after the headers, which may be fewer than these announce
     */
    record Request(int clients, Manner manner, String line, String headers, String body) {

        private void send(URI server, DataOutputStream out) throws IOException {
            byte[] head = (line + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            out.writeInt(head.length);
            out.write(head);
            out.write(body.getBytes(StandardCharsets.US_ASCII));
            out.close();
        }
    }

    /** Starts the attack. */
    Crowd(URI server, Request request) throws IOException {
        process = new ProcessBuilder(List.of(
                        "nice",
                        "-n",
                        "10",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        Path.of(URI.create(Crowd.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toString()))
                                .toString(),
                        Attackers.class.getName(),
                        Integer.toString(server.getPort()),
                        Integer.toString(request.clients()),
                        request.manner().name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread reader = new Thread(this::listen, "crowd-output");
        reader.setDaemon(true);
        reader.start();
        request.send(server, new DataOutputStream(process.getOutputStream()));
    }

    private void listen() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("at work")) {
                    atWork.complete(null);
                } else {
                    answers = Long.parseLong(line);
                }
            }
        } catch (IOException ended) { // closed by this class
            atWork.completeExceptionally(ended);
        }
        atWork.completeExceptionally(new IllegalStateException("The crowd ended by itself."));
    }

    /** Waits until every client has sent its request, as far as the server accepts it. */
    void awaitWork() throws InterruptedException, ExecutionException, TimeoutException {
        atWork.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** The number of answers received so far; silent clients do not read any. */
    long answers() {
        return answers;
    }

    long pid() {
        return process.pid();
    }

    /** Ends all clients at once, as a cut cable would. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
