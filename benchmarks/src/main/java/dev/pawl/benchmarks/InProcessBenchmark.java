package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures no-op jobs submitted from within the server, in batches of 100, to their end; compared with SQLite alone, which writes the rows
 * that these jobs have left, 100 jobs in a commit.
 */
final class InProcessBenchmark implements Benchmark {

    private static final double BUDGET = 0.5;
    private static final int[] SLOTS = {16, 128};

    @Override
    public String name() {
        return "inprocess";
    }

    @Override
    public String title() {
        return "No-op jobs submitted in process, from their submission to their end";
    }

    /** The size is the number of jobs. As many run first, for warm-up. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(2_000, 50_000);
        int rounds = scale.size(1, 3);
        List<Row> rows = new ArrayList<>();
        for (int slots : SLOTS) {
            Sample pawl = new Sample();
            Sample raw = new Sample();
            try (Workspace folder = Workspace.create(name())) {
                Map<String, String> settings = Map.of("PAWL_WORKERS", Integer.toString(slots + 1));
                try (Service service = FeedModules.serve(folder, settings)) {
                    service.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                    FeedModules.run(service, "feed", jobs);
                    for (int round = 0; round < rounds; round++) {
                        double seconds = FeedModules.run(service, "feed", jobs)
                                .get("seconds")
                                .asDouble();
                        pawl.add(jobs / seconds);
                    }
                }
                Path data = folder.resolve("data");
                try (StoreCopy store = StoreCopy.open(data)) {
                    for (int round = 0; round < rounds; round++) {
                        raw.add(jobs / store.rewrite(jobs, folder.path()));
                    }
                }
            }
            double ratio = pawl.median() / raw.median();
            rows.add(Row.of("SQLite alone, the same rows", "100 jobs in a commit, WAL + FULL", raw, "jobs/s"));
            rows.add(Row.of("Pawl in process", jobs + " jobs in batches of 100, " + slots + " slots", pawl, "jobs/s")
                    .against("SQLite alone", ratio)
                    .atLeast(BUDGET, "×", ratio));
        }
        return rows;
    }
}
