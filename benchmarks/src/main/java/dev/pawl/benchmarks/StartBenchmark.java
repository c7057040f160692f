package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.idle.FirstIdleModule;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures the time from process start to the first 200, and the idle resident memory afterwards: Pawl with six modules compared with bare
 * Jetty and Jackson, alternating.
 */
final class StartBenchmark implements Benchmark {

    private static final double BUDGET = 1.6;
    private static final double BUDGET_MEMORY = 1.3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "Start of the process until its first 200, and idle resident memory";
    }

    /** The size is the number of rounds. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int rounds = scale.first(1, 7);
        Sample jetty = new Sample();
        Sample pawl = new Sample();
        Sample jettyMemory = new Sample();
        Sample pawlMemory = new Sample();
        Sample first = new Sample();
        try (Workspace folder = Workspace.create(name())) {
            Path data = folder.resolve("data");
            try (Service service = Service.pawl(data)) {
                first.addNanos(service.startNanos());
                service.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                service.client().upload(ModuleJar.of(FirstIdleModule.class, "1.0.0", folder.path())); // three in one
            }
            for (int round = 0; round < rounds; round++) {
                try (Service service = Service.java(BareJetty.class, List.of(), folder.resolve("jetty"))) {
                    jetty.addNanos(service.startNanos());
                    jettyMemory.add(service.residentMebibytes());
                }
                try (Service service = Service.pawl(data)) {
                    pawl.addNanos(service.startNanos());
                    pawlMemory.add(service.residentMebibytes());
                }
            }
        }
        double ratio = pawl.median() / jetty.median();
        double memory = pawlMemory.median() / jettyMemory.median();
        String settings = "4 modules installed besides the distribution's, alternating";
        return List.of(
                Row.of("bare Jetty + Jackson, start", "alternating", jetty, "ms"),
                Row.of("Pawl, first start", "empty data folder", first, "ms"),
                Row.of("Pawl, start", settings, pawl, "ms")
                        .against("bare Jetty", ratio)
                        .atMost(BUDGET, "×", ratio),
                Row.of("bare Jetty + Jackson, memory", "3 s after the start", jettyMemory, "MiB"),
                Row.of("Pawl, memory", "3 s after the start", pawlMemory, "MiB")
                        .against("bare Jetty", memory)
                        .atMost(BUDGET_MEMORY, "×", memory));
    }
}
