package dev.pawl.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A peer measured in a process of its own. */
final class PeerRun {

    private PeerRun() {}

    /** Runs the peer in a new folder with the name of the measurement and the number of jobs; returns the numbers it prints. */
    static List<Double> numbers(Class<?> program, String what, int jobs) throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.create("peer")) {
            return numbers(program, what, jobs, workspace.path());
        }
    }

    /** A peer behind HTTP, which takes jobs as Pawl does and stores as much of each. */
    static Service served(Class<?> program, Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("served"));
        return Service.java(program, List.of("-XX:+UseSerialGC"), data, data.toString(), "serve");
    }

    private static List<Double> numbers(Class<?> program, String what, int jobs, Path folder)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        folder.toString(),
                        what,
                        Integer.toString(jobs))
                .redirectError(folder.resolve("errors.log").toFile())
                .start();
        List<Double> numbers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(Double::valueOf)
                .toList();
        if (process.waitFor() != 0 || numbers.isEmpty()) {
            throw new IOException(
                    program.getSimpleName() + " failed: " + Files.readString(folder.resolve("errors.log")));
        }
        return numbers;
    }
}
