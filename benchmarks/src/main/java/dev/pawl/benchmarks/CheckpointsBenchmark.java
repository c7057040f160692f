package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.load.SaverModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures checkpoints per second, and how often the disk is waited for, counted by strace in a round of its own. */
final class CheckpointsBenchmark implements Benchmark {

    private static final double BUDGET = 1.5;

    @Override
    public String name() {
        return "checkpoints";
    }

    @Override
    public String title() {
        return "Checkpoints";
    }

    /** The size is the number of checkpoints. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int all = scale.first(2_000, 20_000);
        int many = scale.size(50, 1_000);
        int rounds = scale.size(1, 3);
        List<Row> rows = new ArrayList<>();
        for (int jobs : new int[] {1, many}) {
            try (Workspace folder = Workspace.create(name());
                    Service pawl = Service.pawl(
                            folder.resolve("data"), Map.of("PAWL_WORKERS", Integer.toString(Math.max(jobs, 2))))) {
                pawl.client().upload(ModuleJar.of(SaverModule.class, "1.0.0", folder.path()));
                save(pawl, jobs, all / 4);
                Sample rate = new Sample();
                for (int round = 0; round < rounds; round++) {
                    rate.add(all / save(pawl, jobs, all));
                }
                String settings = named(jobs) + " at once, " + all + " checkpoints together";
                rows.add(Row.of("checkpoints of " + named(jobs), settings, rate, "checkpoints/s"));
                rows.add(syncs(folder, pawl, jobs, all / 4));
            }
        }
        return rows;
    }

    private static Row syncs(Workspace folder, Service pawl, int jobs, int checkpoints) throws Exception {
        String what = "fsyncs a checkpoint of " + named(jobs);
        if (!SyncCount.isPossible()) {
            return Row.skipped(what, "strace, which counts them, is not installed or may not look at the server");
        }
        SyncCount count = SyncCount.begin(pawl.pid(), folder.resolve("syncs"));
        save(pawl, jobs, checkpoints);
        double each = count.end() / (double) checkpoints;
        return Row.of(what, checkpoints + " checkpoints under strace", Sample.of(each), "")
                .atMost(BUDGET, "", each);
    }

    private static String named(int jobs) {
        return jobs == 1 ? "one job" : jobs + " jobs";
    }

    /** Runs jobs that save this many checkpoints together; returns the seconds until all have ended. */
    private static double save(Service pawl, int jobs, int checkpoints) throws Exception {
        String job = "{\"module_id\":\"saver\",\"inputs\":{\"checkpoints\":" + Math.max(1, checkpoints / jobs) + "}}";
        long began = System.nanoTime();
        JobLoad.post(pawl.url(), job, jobs);
        JobLoad.awaitIdle(pawl.client());
        return (System.nanoTime() - began) / 1e9;
    }
}
