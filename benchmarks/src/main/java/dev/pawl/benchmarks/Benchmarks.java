package dev.pawl.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs all benchmarks, or the named ones, and reports in Markdown. */
public final class Benchmarks {

    private static final System.Logger LOG = System.getLogger(Benchmarks.class.getName());

    private static final List<Benchmark> ALL = List.of(
            new JobsBenchmark(),
            new InProcessBenchmark(),
            new LatencyBenchmark(),
            new SubmitBenchmark(),
            new StagesBenchmark(),
            new InstallBenchmark(),
            new StartBenchmark(),
            new InnerBenchmark(),
            new LogsBenchmark(),
            new CommandBenchmark(),
            new EditsBenchmark(),
            new ProcessesBenchmark(),
            new CheckpointsBenchmark(),
            new WaitingBenchmark(),
            new SchedulesBenchmark(),
            new ActionsBenchmark(),
            new RecoveryBenchmark(),
            new FinishedBenchmark(),
            new GrowthBenchmark(),
            new RetainBenchmark(),
            new ClusterBenchmark(),
            new EndedBenchmark(),
            new ChurnBenchmark());

    private Benchmarks() {}

    /** Takes {@code [--quick] [--large] [NAME... [SIZE]]}; the size is the number of jobs or rounds. Ends with 1 when one failed. */
    public static void main(String[] arguments) throws Exception {
        List<Benchmark> chosen = new ArrayList<>();
        boolean isQuick = false;
        boolean isLarge = false;
        @Nullable Integer size = null;
        for (String argument : arguments) {
            switch (argument) {
                case "--quick" -> isQuick = true;
                case "--large" -> isLarge = true;
                default -> {
                    if (argument.matches("[1-9][0-9]{0,8}")) {
                        size = Integer.valueOf(argument);
                    } else {
                        chosen.add(named(argument));
                    }
                }
            }
        }
        if (size != null && chosen.size() != 1) {
            throw refused("A size of " + size + " needs the name of one benchmark beside it.");
        }
        Scale scale = new Scale(isQuick, isLarge, size);
        Report report = Report.begin(
                Path.of("target", "performance.md"), ("benchmarks/run " + String.join(" ", arguments)).strip());
        boolean isFailed = false;
        for (Benchmark benchmark : chosen.isEmpty() ? ALL : chosen) {
            try {
                report.add(benchmark, benchmark.run(scale));
            } catch (Exception e) { // the others are still worth having
                report.addFailure(benchmark, e);
                LOG.log(System.Logger.Level.ERROR, benchmark.name() + " failed", e);
                isFailed = true;
            }
        }
        System.exit(isFailed ? 1 : 0); // a peer's pool may have left a thread
    }

    private static Benchmark named(String name) {
        return ALL.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused("\"" + name + "\" is no benchmark; there are "
                        + String.join(", ", ALL.stream().map(Benchmark::name).toList()) + "."));
    }

    private static IllegalArgumentException refused(String sentence) {
        return new IllegalArgumentException(sentence);
    }
}
