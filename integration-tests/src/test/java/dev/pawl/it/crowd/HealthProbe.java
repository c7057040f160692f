package dev.pawl.it.crowd;

import dev.pawl.it.server.Latencies;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * An honest client that requests the server's health all the time and measures how long each answer takes; it has one thread and one
 * socket, so that the client itself costs next to nothing.
 */
final class HealthProbe implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int LIMIT_MS = 30_000;

    private final Latencies latencies = new Latencies();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final int port;
    private final Thread thread = new Thread(this::ask, "health-probe");
    private volatile boolean closed;

    HealthProbe(URI server) {
        port = server.getPort();
        thread.start();
    }

    private void ask() {
        while (!closed) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(LIMIT_MS);
                InputStream in = new BufferedInputStream(socket.getInputStream());
                while (!closed) {
                    long began = System.nanoTime();
                    socket.getOutputStream()
                            .write(("GET /status/health HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    String status = readAnswer(in);
                    latencies.add(System.nanoTime() - began);
                    if (!status.startsWith("HTTP/1.1 200")) {
                        failures.add(status);
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    private static String readAnswer(InputStream in) throws IOException {
        String status = readLine(in);
        int length = 0;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection.");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    Latencies latencies() {
        return latencies;
    }

    /** The bad answers; there should be none, since the server is healthy throughout. */
    List<String> failures() {
        return failures;
    }

    /** Ends after the current answer. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
