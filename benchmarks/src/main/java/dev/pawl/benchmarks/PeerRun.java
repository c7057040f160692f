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
            return numbers(program, what, jobs, workspace.path().toString(), workspace.path());
        }
    }

    /** The same with a PostgreSQL, whose address is for JDBC. */
    static List<Double> numbersOn(String address, Class<?> program, String what, int jobs)
            throws IOException, InterruptedException {
        try (Workspace workspace = Workspace.create("peer")) {
            return numbers(program, what, jobs, address, workspace.path());
        }
    }

    /** A peer behind HTTP, which takes jobs as Pawl does and stores as much of each. */
    static Service served(Class<?> program, Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("served"));
        return Service.java(program, List.of("-XX:+UseSerialGC"), data, data.toString(), "serve");
    }

    /**
     * One of the instances of a peer that share a PostgreSQL, behind HTTP.
     *
     * @param address the address of the database for JDBC
     * @param isStoring whether its jobs store as much as Pawl's do, or nothing
     * @param folder for what it says
     */
    static Service shared(Class<?> program, String address, boolean isStoring, Path folder) throws IOException {
        return Service.java(program, List.of("-XX:+UseSerialGC"), folder, address, isStoring ? "serve" : "serve-bare");
    }

    private static List<Double> numbers(Class<?> program, String what, int jobs, String place, Path folder)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        place,
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
