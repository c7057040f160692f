package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.load.WaitModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures the memory of a server whose jobs all wait inside {@code run}, each on a thread of its own. */
final class WaitingBenchmark implements Benchmark {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final String HEAP = "2g";

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public String title() {
        return "Jobs that wait inside `run` at once";
    }

    /** The size is the number of jobs, in place of 10,000 and 100,000. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        if (Runtime.version().feature() < FIRST_WITH_VIRTUAL_THREADS) {
            return List.of(Row.skipped(
                    "10,000 and 100,000 waiting jobs",
                    "Java " + Runtime.version().feature()
                            + " has no virtual threads; JAVA_HOME of a Java 21 or newer measures it"));
        }
        int first = scale.first(500, 10_000);
        List<Row> rows = new ArrayList<>();
        rows.addAll(waiting(first, 1_024));
        if (scale.given() == null && !scale.isQuick()) {
            rows.addAll(waiting(100_000, 2_048));
        }
        return rows;
    }

    private static List<Row> waiting(int jobs, double budget) throws Exception {
        try (Workspace folder = Workspace.create("waiting")) {
            Service pawl = Service.pawl(
                    folder.resolve("data"), Map.of("PAWL_WORKERS", Integer.toString(jobs), "PAWL_HEAP", HEAP));
            try {
                pawl.client().upload(ModuleJar.of(WaitModule.class, "1.0.0", folder.path()));
                long began = System.nanoTime();
                JobLoad.post(pawl.url(), "{\"module_id\":\"wait\",\"inputs\":{}}", jobs);
                JobLoad.awaitRunning(pawl.client(), jobs);
                double seconds = (System.nanoTime() - began) / 1e9;
                double memory = pawl.residentMebibytes();
                String settings = jobs + " slots, heap " + HEAP;
                return List.of(
                        Row.of(jobs + " jobs, until all wait", settings, Sample.of(seconds), "s"),
                        Row.of(jobs + " jobs, resident memory", settings, Sample.of(memory), "MiB")
                                .atMost(budget, " MiB", memory));
            } finally {
                pawl.kill(); // jobs that never end would be waited for
            }
        }
    }
}
