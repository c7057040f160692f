package dev.pawl.it.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A third-party Python program, run from its unmodified sources. {@code PAWL_CLIENTS_PYTHON} names an interpreter that has the packages
 * it needs; the default is {@code python3}.
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
     * @param folder the working directory; the output goes to a file in it
     * @param path a further folder in which it finds modules
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

    /** Waits until it has ended by itself, and returns the exit code. */
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

    /** The output so far. */
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
