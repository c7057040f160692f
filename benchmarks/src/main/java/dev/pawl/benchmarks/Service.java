package dev.pawl.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server in a process of its own, measured from its start until its first answer. */
final class Service implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;
    private final long startNanos;

    private Service(Process process, URI url, long startNanos) {
        this.process = process;
        this.url = url;
        this.startNanos = startNanos;
    }

    /** The distribution on a data folder, open on loopback. */
    static Service pawl(Path data) throws IOException {
        return pawl(data, Map.of());
    }

    /** The same with settings of its own. */
    static Service pawl(Path data, Map<String, String> settings) throws IOException {
        return pawl(distribution(), data, settings);
    }

    /** Another distribution than that of the build. */
    static Service pawl(Path distribution, Path data, Map<String, String> settings) throws IOException {
        int port = freePort();
        Path pawl = distribution.resolve("bin").resolve("pawl");
        ProcessBuilder builder = new ProcessBuilder(pawl.toString(), "serve");
        builder.environment().putAll(environment(data, port));
        builder.environment().putAll(settings);
        return start(builder, port, "/status/health", data);
    }

    /** The folder of the distribution that the build has left. */
    static Path distribution() {
        return Path.of(System.getProperty("pawl.distribution"));
    }

    /** A Java program on the benchmarks' class path that takes the port as its last argument. */
    static Service java(Class<?> program, List<String> options, Path folder, String... arguments) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        command.add(Integer.toString(port));
        return start(new ProcessBuilder(command), port, "/", folder);
    }

    private static Service start(ProcessBuilder builder, int port, String path, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        URI url = URI.create("http://127.0.0.1:" + port);
        Client client = new Client(url);
        client.answers(path); // the client's own classes are loaded before the clock runs
        long began = System.nanoTime();
        Process process = builder.start();
        while (!client.answers(path)) {
            if (!process.isAlive() || System.nanoTime() - began > START_LIMIT.toNanos()) {
                process.destroyForcibly();
                throw new IOException("It did not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return new Service(process, url, System.nanoTime() - began);
    }

    /** The variables by which the command finds the Java of the benchmarks, the data and the port. */
    static Map<String, String> environment(Path data, int port) {
        return Map.of(
                "JAVA_HOME", System.getProperty("java.home"),
                "PAWL_DATA_DIR", data.toString(),
                "PAWL_API_PORT", Integer.toString(port),
                "PAWL_AUTH", "off");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    Client client() {
        return new Client(url);
    }

    /** The time from the start of the process to its first answer. */
    long startNanos() {
        return startNanos;
    }

    /** Its resident memory in MiB after three seconds, from {@code /proc}, so only on Linux. */
    double residentMebibytes() throws IOException {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("No VmRSS of process " + process.pid());
    }

    /** Ends it at once, as a crash of the machine's power would end its process. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it and waits. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
