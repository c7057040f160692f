package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.load.LinesModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures log lines: stored, of one job with very many, and sent to clients that follow a job over WebSocket. */
final class LogsBenchmark implements Benchmark {

    private static final int JOBS = 16;
    private static final double BUDGET = 150_000;

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String title() {
        return "Log lines";
    }

    /** The size is the number of lines of all jobs together. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int lines = scale.first(16_000, 1_000_000);
        int rounds = scale.size(1, 3);
        Sample many = new Sample();
        Sample one = new Sample();
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name());
                Service pawl = Service.pawl(
                        folder.resolve("data"), Map.of("PAWL_LOG_MAX_LINES", "10000000", "PAWL_LOG_MAX_MB", "2000"))) {
            pawl.client().upload(ModuleJar.of(LinesModule.class, "1.0.0", folder.path()));
            write(pawl, JOBS, lines / JOBS / 4);
            for (int round = 0; round < rounds; round++) {
                many.add(lines / write(pawl, JOBS, lines / JOBS));
                one.add(lines / write(pawl, 1, lines));
            }
            rows.add(Row.of("lines stored, 16 jobs", lines + " lines, until the jobs have ended", many, "lines/s")
                    .atLeast(BUDGET, "/s", many.median()));
            rows.add(Row.of("lines stored, one job", lines + " lines, until the job has ended", one, "lines/s"));
            for (int clients : new int[] {50, 1_000}) {
                int followed = scale.size(1_000, 1_000_000) / clients;
                rows.add(follow(pawl, clients, followed));
            }
        }
        return rows;
    }

    /** Runs jobs of this number of lines each; returns the seconds until all have ended. */
    private static double write(Service pawl, int jobs, int lines) throws Exception {
        long began = System.nanoTime();
        for (int n = 0; n < jobs; n++) {
            pawl.client().post("/jobs", job(lines));
        }
        JobLoad.awaitIdle(pawl.client());
        return (System.nanoTime() - began) / 1e9;
    }

    /** Measures from the start of a job, whose followers are there already, until each of them has all lines. */
    static Row follow(Service pawl, int clients, int lines) throws Exception {
        double rate =
                clients * (double) lines / FollowedJob.of(pawl, clients, lines).sendSeconds();
        return Row.of(
                "lines sent to " + clients + " followers of a job",
                lines + " lines to each, in one thread that reads them all",
                Sample.of(rate),
                "lines/s");
    }

    static String job(int lines) {
        return "{\"module_id\":\"lines\",\"inputs\":{\"lines\":" + lines + "}}";
    }
}
