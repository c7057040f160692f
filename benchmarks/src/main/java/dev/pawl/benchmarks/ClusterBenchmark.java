package dev.pawl.benchmarks;

import dev.pawl.benchmarks.peer.DbSchedulerPeer;
import dev.pawl.benchmarks.peer.JobRunrPeer;
import dev.pawl.benchmarks.peer.QuartzPeer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures one, two and three servers on one PostgreSQL, beside db-scheduler, JobRunr and Quartz with as many instances on the same one, each
 * in a database of its own.
 */
final class ClusterBenchmark implements Benchmark {

    private static final int MOST_SERVERS = 3;
    private static final double BUDGET_RATE = 2;
    private static final double BUDGET_LATENCY = 0.6;
    private static final double BUDGET_CPU = 1.3;
    private static final double[] SHARES = {0.5, 0.99};

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String title() {
        return "Several servers on one PostgreSQL";
    }

    /** The size is the number of jobs of a run. Peers get fewer, so that they take about the same time. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(1_200, 15_000) / 6 * 6;
        int rounds = scale.size(1, 3);
        List<Row> rows = new ArrayList<>(List.of(
                given("processes", "Pawl's servers have 16 slots each, instances of peers 16 workers"),
                given(
                        "jobs over HTTP",
                        "16 connections to each process, a result and a line each; peers are behind a bare Jetty"),
                given("jobs in process", "16 submitters in each process; they store nothing"),
                given(
                        "number of jobs",
                        jobs + " of Pawl, " + peerJobs(jobs) + " of db-scheduler, " + fewJobs(jobs)
                                + " of the others")));
        try (Workspace folder = Workspace.create(name());
                ClusterDatabase database = ClusterDatabase.start(folder.resolve("postgresql"))) {
            rows.add(given("PostgreSQL " + database.version(), ClusterDatabase.SETTINGS));
            rows.addAll(loads(folder, database, jobs, rounds));
            rows.addAll(latencies(folder, database, scale.size(60, 1_000)));
        }
        return rows;
    }

    /** A row of what the figures depend on. */
    private static Row given(String what, String settings) {
        return new Row(what, settings, 0, "", "", "", "");
    }

    private static int peerJobs(int jobs) {
        return Math.max(6, jobs / 5 / 6 * 6);
    }

    private static int fewJobs(int jobs) {
        return Math.max(6, jobs / 15 / 6 * 6);
    }

    private static List<Row> loads(Workspace folder, ClusterDatabase database, int jobs, int rounds) throws Exception {
        List<Row> rows = new ArrayList<>();
        Map<Integer, ClusterFigures> pawl = new LinkedHashMap<>();
        Map<Integer, ClusterFigures> served = new LinkedHashMap<>();
        Map<Integer, ClusterFigures> bare = new LinkedHashMap<>();
        for (int servers = 1; servers <= MOST_SERVERS; servers++) {
            served.put(servers, peer(folder, database, DbSchedulerPeer.class, servers, true, peerJobs(jobs), rounds));
            bare.put(servers, peer(folder, database, DbSchedulerPeer.class, servers, false, peerJobs(jobs), rounds));
            String name = "pawl_" + servers;
            database.create(name);
            pawl.put(
                    servers,
                    ClusterFigures.of(
                            ClusterPawl.start(folder.resolve(name), database, name, servers),
                            database,
                            name,
                            jobs,
                            rounds));
            database.drop(name);
        }
        served.values().forEach(figures -> rows.addAll(rows("db-scheduler over HTTP", figures)));
        bare.values().forEach(figures -> rows.addAll(rows("db-scheduler in process", figures)));
        for (Class<?> peer : List.of(JobRunrPeer.class, QuartzPeer.class)) {
            String what = peer.getSimpleName().replace("Peer", "");
            for (int instances : List.of(1, MOST_SERVERS)) {
                rows.addAll(rows(what + " over HTTP", peer(folder, database, peer, instances, true, fewJobs(jobs), 1)));
            }
        }
        double best = Math.max(best(served), best(bare));
        pawl.forEach((servers, figures) -> {
            String settings = processes("server", servers);
            double ratio = figures.rate().median() / served.get(servers).rate().median();
            rows.add(Row.of("Pawl over HTTP", settings, figures.rate(), "jobs/s")
                    .against("db-scheduler over HTTP with as many", ratio)
                    .atLeast(BUDGET_RATE, "×", ratio));
            double drained = figures.drained().median()
                    / Math.max(
                            served.get(servers).drained().median(),
                            bare.get(servers).drained().median());
            rows.add(Row.of("Pawl, jobs that waited", settings, figures.drained(), "jobs/s")
                    .against("db-scheduler's better one with as many", drained)
                    .atLeast(BUDGET_RATE, "×", drained));
            rows.addAll(costs("Pawl", settings, figures));
        });
        double toBest = best(pawl) / best;
        rows.add(Row.of("Pawl, the best of all", "", Sample.of(best(pawl)), "jobs/s")
                .against("db-scheduler's best of all, " + Row.number(best) + " jobs/s", toBest)
                .atLeast(BUDGET_RATE, "×", toBest));
        double cpu = pawl.get(MOST_SERVERS).cpuMicros() / pawl.get(1).cpuMicros();
        rows.add(Row.of(
                        "Pawl, CPU of a job, servers and database",
                        MOST_SERVERS + " servers",
                        Sample.of(pawl.get(MOST_SERVERS).cpuMicros()),
                        "µs")
                .against("one server's " + Row.number(pawl.get(1).cpuMicros()) + " µs", cpu)
                .atMost(BUDGET_CPU, "×", cpu));
        return rows;
    }

    private static double best(Map<Integer, ClusterFigures> all) {
        return all.values().stream().mapToDouble(ClusterFigures::best).max().orElseThrow();
    }

    private static ClusterFigures peer(
            Workspace folder,
            ClusterDatabase database,
            Class<?> program,
            int instances,
            boolean isServed,
            int jobs,
            int rounds)
            throws Exception {
        String name =
                (program.getSimpleName() + "_" + (isServed ? "served_" : "bare_") + instances).toLowerCase(Locale.ROOT);
        database.create(name);
        ClusterFigures figures = ClusterFigures.of(
                ClusterPeer.start(folder.resolve(name), program, database.address(name), instances, isServed),
                database,
                name,
                jobs,
                rounds);
        database.drop(name);
        return figures;
    }

    private static String processes(String noun, int number) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static List<Row> rows(String what, ClusterFigures figures) {
        String settings = processes("instance", figures.processes());
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(what, settings, figures.rate(), "jobs/s"));
        rows.add(Row.of(what + ", jobs that waited", settings, figures.drained(), "jobs/s"));
        rows.addAll(costs(what, settings, figures));
        return rows;
    }

    private static List<Row> costs(String what, String settings, ClusterFigures figures) {
        return List.of(
                Row.of(what + ", CPU of a job, processes", settings, figures.processMicros(), "µs"),
                Row.of(what + ", CPU of a job, database", settings, figures.databaseMicros(), "µs"),
                Row.of(what + ", WAL of a job", settings, figures.walBytes(), "bytes"),
                Row.of(what + ", transactions of a job", settings, Sample.of(figures.commits()), ""));
    }

    private static List<Row> latencies(Workspace folder, ClusterDatabase database, int jobs) throws Exception {
        List<Row> rows = new ArrayList<>();
        String name = "latency";
        Sample inProcess = new Sample();
        database.create(name);
        PeerRun.numbersOn(database.address(name), DbSchedulerPeer.class, "latency", jobs)
                .forEach(nanos -> inProcess.addNanos(nanos.longValue()));
        database.drop(name);
        database.create(name);
        Sample peer;
        try (ClusterPeer load = ClusterPeer.start(
                folder.resolve("peer-latency"), DbSchedulerPeer.class, database.address(name), 1, true)) {
            LatencyBenchmark.measurePeer(load.first(), 4 * jobs);
            peer = LatencyBenchmark.measurePeer(load.first(), jobs);
        }
        database.drop(name);
        database.create(name);
        Sample one;
        Sample three;
        try (ClusterPawl pawl = ClusterPawl.start(folder.resolve("pawl-latency"), database, name, 1)) {
            LatencyBenchmark.measure(pawl.first(), 4 * jobs);
            one = LatencyBenchmark.measure(pawl.first(), jobs);
            for (int n = 1; n < MOST_SERVERS; n++) {
                pawl.add();
            }
            three = LatencyBenchmark.measure(pawl.first(), jobs);
        }
        database.drop(name);
        String settings = "one job at a time, from its submission to its work";
        for (double share : SHARES) {
            rows.add(Row.percentile("db-scheduler in process,", settings, inProcess, share));
        }
        for (double share : SHARES) {
            rows.add(Row.percentile("db-scheduler over HTTP,", settings + ", bare Jetty", peer, share));
        }
        for (double share : SHARES) {
            rows.add(compared("Pawl over HTTP,", settings + ", one server", one, peer, share));
        }
        for (double share : SHARES) {
            rows.add(compared("Pawl over HTTP,", settings + ", three servers", three, peer, share));
        }
        return rows;
    }

    private static Row compared(String what, String settings, Sample pawl, Sample peer, double share) {
        double ratio = pawl.percentile(share) / peer.percentile(share);
        Row row = Row.percentile(what, settings, pawl, share).against("db-scheduler over HTTP", ratio);
        return share == 0.5 ? row.atMost(BUDGET_LATENCY, "×", ratio) : row;
    }
}
