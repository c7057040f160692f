package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.load.LinesModule;
import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Measures how the server's CPU time grows: for a job with the finished jobs in the store, for a line sent to a follower with the followers
 * of the job,
 * for a job with the modules installed. Draws a graph of each into docs/, or into target/ in a quick run.
 */
final class GrowthBenchmark implements Benchmark {

    private static final double BUDGET = 1.2;
    private static final int MOST_FOLLOWERS = 10_000;

    /** As many as a log keeps. */
    private static final int MOST_LINES = 100_000;

    /** So many that what a follower costs once, such as its end, is little beside its lines. */
    private static final int LEAST_LINES = 1_000;

    private static final Map<String, String> MANY_FOLLOWERS =
            Map.of("PAWL_FOLLOWERS", Integer.toString(MOST_FOLLOWERS), "PAWL_HEAP", "1g");

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "Growth of the server's CPU time";
    }

    /** The size is the number of jobs measured at each point. As many run before, for warm-up. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        Path graphs = Path.of(scale.isQuick() ? "target" : "docs");
        List<Row> rows = new ArrayList<>();
        NavigableMap<Integer, Double> jobs = finishedJobs(scale);
        Graph.write(
                graphs.resolve("growth-jobs.svg"), "CPU time of a no-op job, µs", "finished jobs in the store", jobs);
        jobs.forEach((size, micros) -> rows.add(row("a job beside " + size + " finished jobs", micros, jobs)));
        Map<Integer, FollowedJob> followed = new TreeMap<>();
        NavigableMap<Integer, Double> followers = followers(scale, followed);
        Graph.write(
                graphs.resolve("growth-followers.svg"),
                "CPU time of a line sent to a follower, µs",
                "followers of the job, of which a server takes 1,000 unless it is told otherwise",
                followers);
        followers.forEach(
                (size, micros) -> rows.add(row("a line sent to a follower, followers: " + size, micros, followers)));
        followed.forEach((size, job) -> rows.add(connecting(size, job)));
        NavigableMap<Integer, Double> modules = modules(scale);
        Graph.write(graphs.resolve("growth-modules.svg"), "CPU time of a no-op job, µs", "modules installed", modules);
        modules.forEach((size, micros) -> rows.add(row("a job, installed modules: " + size, micros, modules)));
        return rows;
    }

    private static NavigableMap<Integer, Double> finishedJobs(Scale scale) throws Exception {
        int measured = scale.first(500, 20_000);
        int most = scale.size(10_000, scale.isLarge() ? 10_000_000 : 1_000_000);
        NavigableMap<Integer, Double> costs = new TreeMap<>();
        try (Workspace folder = Workspace.create("growth")) {
            for (int size = 1_000; size <= most; size *= 10) {
                Path data = folder.resolve("data-" + size);
                FinishedBenchmark.fill(folder, data, size);
                try (Service pawl = Service.pawl(data, FinishedBenchmark.SETTINGS)) {
                    JobLoad.toTheirEnd(pawl, measured);
                    ThreadTimes before = ThreadTimes.of(pawl.pid());
                    JobLoad.toTheirEnd(pawl, measured);
                    costs.put(size, micros(pawl, before, measured));
                }
            }
        }
        return costs;
    }

    private static NavigableMap<Integer, Double> followers(Scale scale, Map<Integer, FollowedJob> followed)
            throws Exception {
        int all = scale.size(5_000, 1_000_000);
        NavigableMap<Integer, Double> costs = new TreeMap<>();
        try (Workspace folder = Workspace.create("growth");
                Service pawl = Service.pawl(folder.resolve("data"), MANY_FOLLOWERS)) {
            pawl.client().upload(ModuleJar.of(LinesModule.class, "1.0.0", folder.path()));
            FollowedJob.of(pawl, 100, all / 100);
            FollowedJob.of(pawl, 1, Math.min(all, MOST_LINES)); // whose work is the job's own more than the client's
            for (int clients = 1; clients <= MOST_FOLLOWERS; clients *= 10) {
                int lines = Math.max(Math.min(all / clients, MOST_LINES), scale.size(1, LEAST_LINES));
                FollowedJob job = FollowedJob.of(pawl, clients, lines);
                followed.put(clients, job);
                costs.put(clients, job.sendCpuSeconds() * 1e6 / clients / lines);
            }
        }
        return costs;
    }

    private static Row connecting(int clients, FollowedJob job) {
        return Row.of(
                "a follower that connects, followers: " + clients,
                Row.number(clients / job.connectSeconds()) + "/s",
                Sample.of(job.connectCpuSeconds() * 1e6 / clients),
                "µs");
    }

    private static NavigableMap<Integer, Double> modules(Scale scale) throws Exception {
        int measured = scale.first(500, 20_000);
        int most = scale.size(10, 500);
        NavigableMap<Integer, Double> costs = new TreeMap<>();
        try (Workspace folder = Workspace.create("growth");
                Service pawl = Service.pawl(folder.resolve("data"))) {
            pawl.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
            JobLoad.toTheirEnd(pawl, 2 * measured);
            int installed = 1;
            for (int size : new int[] {1, 10, 100, 500}) {
                for (; installed < Math.min(size, most); installed++) {
                    pawl.client().upload(ModuleJar.numbered(installed, folder.path()));
                }
                JobLoad.toTheirEnd(pawl, measured);
                ThreadTimes before = ThreadTimes.of(pawl.pid());
                JobLoad.toTheirEnd(pawl, measured);
                costs.put(installed, micros(pawl, before, measured));
            }
        }
        return costs;
    }

    private static double micros(Service pawl, ThreadTimes before, long times) throws Exception {
        return ThreadTimes.of(pawl.pid()).since(before).total() * 1e6 / times;
    }

    private static Row row(String what, double micros, NavigableMap<Integer, Double> costs) {
        double ratio = micros / costs.firstEntry().getValue();
        return Row.of(what, "all threads of the server", Sample.of(micros), "µs")
                .against("the smallest", ratio)
                .atMost(BUDGET, "×", ratio);
    }
}
