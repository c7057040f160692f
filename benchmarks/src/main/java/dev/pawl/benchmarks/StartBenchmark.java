package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.idle.FirstIdleModule;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.BareJetty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures the time from process start to the first 200, and the idle resident memory afterwards: Pawl with six modules compared with bare
 * Jetty and Jackson, alternating.
 */
public final class StartBenchmark {

    private StartBenchmark() {}

    /** Takes the number of rounds, 7 by default. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? 7 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("pawl-start");
        Path data = folder.resolve("data");
        try (Service first = Service.pawl(data)) {
            first.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            first.client().upload(ModuleJar.of(FirstIdleModule.class, "1.0.0", folder)); // three in one bundle
            Figures.line(
                    "first start on an empty data folder: %.0f ms; modules: %s",
                    first.startNanos() / 1e6, first.client().get("/modules").findValuesAsText("id"));
        }
        Figures jetty = new Figures("bare Jetty + Jackson: process start to first 200");
        Figures pawl = new Figures("Pawl, 6 modules: process start to first 200");
        double jettyMemory = 0;
        double pawlMemory = 0;
        for (int round = 0; round < rounds; round++) {
            try (Service service = Service.java(BareJetty.class, List.of(), folder.resolve("jetty"))) {
                jetty.add(service.startNanos());
                jettyMemory += service.residentMebibytes() / rounds;
            }
            try (Service service = Service.pawl(data)) {
                pawl.add(service.startNanos());
                pawlMemory += service.residentMebibytes() / rounds;
            }
        }
        jetty.print();
        pawl.print();
        Figures.line("start, ratio of the medians: %.2f (budget 1.6)", pawl.ms(0.5) / jetty.ms(0.5));
        Figures.line(
                "resident memory idle, mean: Jetty %.0f MiB, Pawl %.0f MiB, ratio %.2f (budget 1.3)",
                jettyMemory, pawlMemory, pawlMemory / jettyMemory);
    }
}
