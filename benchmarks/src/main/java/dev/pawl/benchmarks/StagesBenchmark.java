package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Measures where the CPU time of a no-op job goes, thread by thread, from its submission over HTTP to its end, and the bytes that it leaves
 * on the disk; compared with what bare Jetty and Jackson take for the same request.
 */
final class StagesBenchmark implements Benchmark {

    private static final double SMALLEST_MICROS = 0.5;
    private static final double BUDGET = 4;
    private static final double BUDGET_BYTES = 400;

    @Override
    public String name() {
        return "stages";
    }

    @Override
    public String title() {
        return "CPU time of a no-op job by thread, and its bytes on disk";
    }

    /** The size is the number of jobs. As many run first, for warm-up. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(2_000, 100_000);
        String settings = jobs + " jobs over HTTP after as many, 16 connections";
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name())) {
            double empty = emptyMicros(folder, jobs);
            Path data = folder.resolve("data");
            try (Service pawl = Service.pawl(data)) {
                pawl.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                ThreadTimes started = ThreadTimes.of(pawl.pid());
                JobLoad.toTheirEnd(pawl, jobs);
                ThreadTimes warm = ThreadTimes.of(pawl.pid());
                JobLoad.toTheirEnd(pawl, jobs);
                ThreadTimes used = ThreadTimes.of(pawl.pid()).since(warm);
                used.seconds().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .filter(thread -> micros(thread.getValue(), jobs) >= SMALLEST_MICROS)
                        .forEach(thread -> rows.add(
                                Row.of(thread.getKey(), settings, Sample.of(micros(thread.getValue(), jobs)), "µs")));
                double whole = micros(used.total(), jobs);
                rows.add(Row.of("all threads", settings, Sample.of(whole), "µs")
                        .against("bare Jetty's " + Row.number(empty) + " µs", whole / empty)
                        .atMost(BUDGET, "×", whole / empty));
                double cold = micros(warm.since(started).total(), jobs);
                rows.add(Row.of("all threads, the first jobs", jobs + " jobs after the start", Sample.of(cold), "µs"));
            }
            double bytes = Files.size(data.resolve("pawl.db")) / (2.0 * jobs);
            rows.add(Row.of("disk for a finished job", "once stopped", Sample.of(bytes), "bytes")
                    .atMost(BUDGET_BYTES, " bytes", bytes));
        }
        return rows;
    }

    private static double emptyMicros(Workspace folder, int jobs) throws Exception {
        try (Service jetty = Service.java(BareJetty.class, List.of("-XX:+UseSerialGC"), folder.resolve("jetty"))) {
            JobLoad.post(jetty.url(), jobs);
            ThreadTimes before = ThreadTimes.of(jetty.pid());
            JobLoad.post(jetty.url(), jobs);
            return micros(ThreadTimes.of(jetty.pid()).since(before).total(), jobs);
        }
    }

    private static double micros(double seconds, int jobs) {
        return seconds * 1e6 / jobs;
    }
}
