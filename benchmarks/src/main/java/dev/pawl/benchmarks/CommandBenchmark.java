package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Measures commands of the command line as processes: against a server that runs, and without one. */
final class CommandBenchmark implements Benchmark {

    private static final double BUDGET_MS = 500;
    private static final double BUDGET_ALONE = 1.3;

    @Override
    public String name() {
        return "command";
    }

    @Override
    public String title() {
        return "Commands, from the start of their process to its end";
    }

    /** The size is the number of rounds. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int rounds = scale.first(1, 9);
        Sample jobs = new Sample();
        Sample start = new Sample();
        Sample alone = new Sample();
        try (Workspace folder = Workspace.create(name())) {
            Path data = folder.resolve("data");
            try (Service pawl = Service.pawl(data)) {
                pawl.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                JobLoad.toTheirEnd(pawl, 100);
            }
            for (int round = 0; round < rounds; round++) {
                int port;
                try (Service pawl = Service.pawl(data)) {
                    start.addNanos(pawl.startNanos());
                    port = pawl.url().getPort();
                    command(folder, data, port, "jobs"); // what the first reads from the disk is there for the second
                    jobs.addNanos(command(folder, data, port, "jobs"));
                }
                alone.addNanos(command(folder, data, port, "run", "noop"));
            }
        }
        double ratio = alone.median() / start.median();
        return List.of(
                Row.of("`pawl jobs`, a server runs", "100 ended jobs, warm", jobs, "ms")
                        .atMost(BUDGET_MS, " ms", jobs.median()),
                Row.of("the server's start to its first 200", "the same data folder, alternating", start, "ms"),
                Row.of("`pawl run noop`, no server runs", "the same data folder, alternating", alone, "ms")
                        .against("the server's start", ratio)
                        .atMost(BUDGET_ALONE, "×", ratio));
    }

    /** Runs a command to its end; returns the nanoseconds that it took. */
    private static long command(Workspace folder, Path data, int port, String... words) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(words));
        command.add(
                0,
                Path.of(System.getProperty("pawl.distribution"), "bin", "pawl").toString());
        Path said = folder.resolve("said");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        Map<String, String> environment = Service.environment(data, port);
        builder.environment().putAll(environment);
        long began = System.nanoTime();
        int code = builder.start().waitFor();
        long took = System.nanoTime() - began;
        if (code != 0) {
            throw new IOException(command + " ended with " + code + ": " + Files.readString(said));
        }
        return took;
    }
}
