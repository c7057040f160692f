package dev.pawl.benchmarks;

import dev.pawl.benchmarks.inner.CheckedInputs;
import dev.pawl.benchmarks.inner.KeptRequest;
import dev.pawl.benchmarks.inner.StoredJobs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures inner parts alone, by JMH, each in a JVM of its own beside a plain library that does the same. */
final class InnerBenchmark implements Benchmark {

    private static final String PEER = "peer";

    private static final List<Part> PARTS = List.of(
            new Part(CheckedInputs.class, "inputs checked against a module's record; Jackson converts to it"),
            new Part(KeptRequest.class, "a request to its row's text and back; Jackson with plain maps"),
            new Part(StoredJobs.class, "jobs added and ended in the store; SQLite alone, three rows a job"));

    /**
     * An inner part.
     *
     * @param type JMH's class
     * @param what the work of Pawl; that of the peer
     */
    private record Part(Class<?> type, String what) {}

    @Override
    public String name() {
        return "inner";
    }

    @Override
    public String title() {
        return "Inner parts alone";
    }

    /** The size is the number of seconds for which each is measured. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int seconds = scale.first(1, 5);
        List<Row> rows = new ArrayList<>();
        for (Part part : PARTS) {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include("^" + part.type().getName().replace(".", "\\.") + "\\.")
                            .mode(Mode.AverageTime)
                            .forks(1)
                            .warmupIterations(1)
                            .warmupTime(TimeValue.seconds(seconds))
                            .measurementIterations(seconds)
                            .measurementTime(TimeValue.seconds(1))
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
            rows.addAll(compared(part.what(), results));
        }
        return rows;
    }

    private static List<Row> compared(String what, Collection<RunResult> results) {
        Map<String, RunResult> ordered = new TreeMap<>();
        results.forEach(
                result -> ordered.put(sizes(result) + result.getPrimaryResult().getLabel(), result));
        List<Row> rows = new ArrayList<>();
        for (RunResult result : ordered.values()) {
            Sample sample = sample(result);
            boolean isPeer = result.getPrimaryResult().getLabel().equals(PEER);
            Row row = Row.of(what, (isPeer ? "the plain library" : "Pawl") + sizes(result), sample, "µs");
            RunResult peer = ordered.get(sizes(result) + PEER);
            rows.add(
                    isPeer || peer == null
                            ? row
                            : row.against("it", sample.median() / sample(peer).median()));
        }
        return rows;
    }

    private static Sample sample(RunResult result) {
        Sample sample = new Sample();
        result.getAggregatedResult()
                .getIterationResults()
                .forEach(iteration -> sample.add(iteration.getPrimaryResult().getScore()));
        return sample;
    }

    private static String sizes(RunResult result) {
        BenchmarkParams params = result.getParams();
        StringBuilder sizes = new StringBuilder();
        params.getParamsKeys()
                .forEach(key -> sizes.append(", ").append(key).append(": ").append(params.getParam(key)));
        return sizes.toString();
    }
}
