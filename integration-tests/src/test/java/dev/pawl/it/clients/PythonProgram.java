package dev.pawl.it.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of others in Python, run from its sources as they are. {@code PAWL_CLIENTS_PYTHON} names an interpreter that has the packages
 * it needs; {@code python3} unless told.
 */
final class PythonProgram implements AutoCloseable {

    private final Process process;
    private final Path output;

    private PythonProgram(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts it.
     *
     * @param folder where it runs; what it prints goes to a file in it
     * @param path where else it finds modules
     */
    static PythonProgram start(Path folder, Path path, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        List<String> line = new ArrayList<>();
        line.add(System.getenv().getOrDefault("PAWL_CLIENTS_PYTHON", "python3"));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("PYTHONPATH", path.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        builder.environment().putAll(environment);
        builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
        return new PythonProgram(builder.start(), output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, once it has ended by itself. */
    int awaitExit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("It did not end in time:\n" + said());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** The text that it has printed so far. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
