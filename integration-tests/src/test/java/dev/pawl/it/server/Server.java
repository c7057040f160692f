package dev.pawl.it.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real distribution, running as a separate process on a data folder and a free port. */
public final class Server implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("https?://\\S+?:\\d+");
    private static final String JAVA_OPTS = "PAWL_JAVA_OPTS";

    /** Options of the JVM besides those that the distribution sets; see {@code pawl.serverJvm} in the POM. */
    private static final String OPTIONS_OF_TESTS = System.getProperty("pawl.server.jvm", "");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path data;
    private final Path log;
    private final CompletableFuture<URI> ready = new CompletableFuture<>();

    private Server(Process process, Path data, Path log) {
        this.process = process;
        this.data = data;
        this.log = log;
        Thread reader = new Thread(this::readUrl, "server-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the server on the Java that runs the tests. */
    public static Server start(Path data) {
        return start(data, Path.of(System.getProperty("java.home")), Map.of());
    }

    /** Starts the server on the given Java with further settings, and waits for the line that says it is ready. */
    public static Server start(Path data, Path javaHome, Map<String, String> environment) {
        Server server = launch(data, javaHome, environment);
        if (!server.awaitReady(START_LIMIT)) {
            server.close();
            throw new IllegalStateException("The server was not ready in time. It said:\n" + server.said());
        }
        return server;
    }

    /** Starts the server without waiting. */
    public static Server launch(Path data, Path javaHome, Map<String, String> environment) {
        Path log = data.resolveSibling(data.getFileName() + "-stderr.log");
        try {
            ProcessBuilder builder = command(data, javaHome, List.of("serve"));
            environment.forEach((name, value) ->
                    builder.environment().put(name, name.equals(JAVA_OPTS) ? OPTIONS_OF_TESTS + " " + value : value));
            builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new Server(builder.start(), data, log);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot start the distribution", e);
        }
    }

    /** The {@code pawl} command with its arguments, on the data folder. */
    public static ProcessBuilder command(Path data, Path javaHome, List<String> arguments) {
        Path pawl = Path.of(System.getProperty("pawl.distribution"), "bin", "pawl");
        List<String> line = new java.util.ArrayList<>(List.of(pawl.toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(name -> name.startsWith("PAWL_"));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("PAWL_DATA_DIR", data.toString());
        builder.environment().put("PAWL_API_PORT", "0");
        builder.environment().put(JAVA_OPTS, OPTIONS_OF_TESTS);
        StoreOfServers.choose(data, builder.environment());
        return builder;
    }

    private void readUrl() {
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher matcher = URL.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group()));
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IllegalStateException("The server ended before it was ready."));
    }

    /** Waits until the server reports that it is ready; returns {@code false} when it does not in time, or ends before. */
    public boolean awaitReady(Duration patience) {
        try {
            ready.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The base URL. */
    public URI url() {
        return ready.join();
    }

    /** A client with the admin's token, or without a token when the server requires none. */
    public Api api() {
        Path token = data.resolve("admin.token");
        try {
            return new Api(url(), Files.exists(token) ? Files.readString(token).strip() : "");
        } catch (IOException e) {
            throw new IllegalStateException("No token in " + data, e);
        }
    }

    /** The contents of the server's error stream so far. */
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Waits until the server's error stream holds the text. A line may come after the change that it tells of can be seen elsewhere.
     *
     * @throws AssertionError when it does not come in time
     */
    public void awaitSaid(Duration patience, String text) {
        Eventually.eventually(patience, () -> assertTrue(said().contains(text), () -> text + " is not in:\n" + said()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Sends SIGKILL to the server itself. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Waits until the server has ended by itself, and returns the exit code. */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The server did not end in time. It said:\n" + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Sends SIGTERM and returns the exit code. */
    public int terminate() {
        process.destroy();
        return awaitExit(Duration.ofSeconds(60));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
