package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Measures where the CPU time of a no-op job goes, thread by thread, from its submission over HTTP to its end, and the bytes that it leaves
 * on the disk; compared with what bare Jetty and Jackson take for the same request.
 */
public final class StagesBenchmark {

    private static final double SMALLEST_MICROS = 0.5;

    private StagesBenchmark() {}

    /** Takes the number of jobs, 100,000 by default. As many run first, for warm-up. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-stages");
        double empty;
        try (Service jetty = Service.java(BareJetty.class, List.of("-XX:+UseSerialGC"), folder.resolve("jetty"))) {
            JobLoad.post(jetty.url(), jobs);
            ThreadTimes before = ThreadTimes.of(jetty.pid());
            JobLoad.post(jetty.url(), jobs);
            empty = micros(ThreadTimes.of(jetty.pid()).since(before).total(), jobs);
        }
        Path data = folder.resolve("data");
        try (Service pawl = Service.pawl(data)) {
            Client client = pawl.client();
            client.upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            ThreadTimes started = ThreadTimes.of(pawl.pid());
            toTheirEnd(pawl, client, jobs);
            ThreadTimes warm = ThreadTimes.of(pawl.pid());
            double seconds = toTheirEnd(pawl, client, jobs);
            ThreadTimes used = ThreadTimes.of(pawl.pid()).since(warm);
            Figures.line("| thread | CPU of a job, us |");
            Figures.line("|---|---|");
            used.seconds().entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .filter(thread -> micros(thread.getValue(), jobs) >= SMALLEST_MICROS)
                    .forEach(thread -> Figures.line("| %s | %.1f |", thread.getKey(), micros(thread.getValue(), jobs)));
            double whole = micros(used.total(), jobs);
            Figures.line("| **all** | **%.1f** |", whole);
            Figures.line(
                    "%.0f jobs/s; bare Jetty takes %.1f us for the request: ratio %.2f (budget 4); the first %,d jobs: %.1f us each",
                    jobs / seconds,
                    empty,
                    whole / empty,
                    jobs,
                    micros(warm.since(started).total(), jobs));
        }
        long size = Files.size(data.resolve("pawl.db"));
        Figures.line("on disk once stopped: %.0f bytes a job (budget 400)", size / (2.0 * jobs));
    }

    private static double toTheirEnd(Service pawl, Client client, int jobs) throws Exception {
        long began = System.nanoTime();
        JobLoad.post(pawl.url(), jobs);
        JobLoad.awaitIdle(client);
        return (System.nanoTime() - began) / 1e9;
    }

    private static double micros(double seconds, int jobs) {
        return seconds * 1e6 / jobs;
    }
}
