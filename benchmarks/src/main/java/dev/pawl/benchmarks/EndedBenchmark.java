package dev.pawl.benchmarks;

import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.store.postgres.PostgresStore;
import dev.pawl.store.postgres.PostgresUpkeep;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures claims, lists, counts, searches and the removal of old jobs by the store on PostgreSQL alone, beside very many ended jobs, compared with
 * few; and claims while somebody's transaction stays open.
 */
final class EndedBenchmark implements Benchmark {

    private static final int FEW = 12_000; // more than counts are exact for
    private static final int PURGED = 300;
    private static final int FEW_TIMES = 12;
    private static final double BUDGET = 1.2;
    private static final String CLAIM = "claim of " + ClaimTimes.CLAIMED + " jobs on disk";
    private static final String REMOVAL = "removal of " + PURGED + " old jobs";
    private static final String NOWHERE = "search that finds nothing";
    private static final Set<String> SELDOM = Set.of(REMOVAL, NOWHERE);

    @Override
    public String name() {
        return "ended";
    }

    @Override
    public String title() {
        return "Requests beside very many ended jobs on PostgreSQL";
    }

    /** The size is the number of ended jobs. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(20_000, scale.isLarge() ? 10_000_000 : 1_000_000);
        int churned = scale.size(20_000, 500_000);
        int rounds = scale.size(40, 400);
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name());
                ClusterDatabase database = ClusterDatabase.start(folder.resolve("postgresql"))) {
            rows.add(new Row("PostgreSQL " + database.version(), ClusterDatabase.SETTINGS, 0, "", "", "", ""));
            database.create("few");
            database.create("many");
            try (ClaimTimes few = new ClaimTimes(database, "few");
                    ClaimTimes many = new ClaimTimes(database, "many")) {
                few.finish(FEW);
                double bytes = many.finish(jobs);
                Map<String, double[]> sizes = many.sizes();
                rows.addAll(beside(few, many, jobs, rounds));
                rows.add(Row.of("disk for an ended no-op job", "tables and indexes", Sample.of(bytes), "bytes"));
                sizes.forEach((table, size) -> rows.add(new Row(
                        "disk for an ended no-op job, " + table,
                        "table and indexes",
                        1,
                        Row.number(size[0] / jobs) + " and " + Row.number(size[1] / jobs) + " bytes",
                        "",
                        "",
                        "")));
                Sample before = many.measure(rounds);
                Sample open = many.whileOpen(churned, rounds);
                String after =
                        "after " + Row.number(churned) + " further jobs, while a transaction from before them is open";
                rows.add(compared(CLAIM, after, open, before, "without it"));
            }
        }
        return rows;
    }

    private static Row compared(String what, String settings, Sample sample, Sample without, String peer) {
        double ratio = sample.median() / without.median();
        Row row =
                Row.of(what, settings, sample, "ms").against(peer + " " + Row.number(without.median()) + " ms", ratio);
        return what.equals(NOWHERE) ? row : row.atMost(BUDGET, "×", ratio); // which reads all titles
    }

    /** A request to a store; returns its time. */
    private interface Request {
        long nanos(ClaimTimes store) throws SQLException;
    }

    private static Request timed(Consumer<PostgresStore> request) {
        return store -> {
            long began = System.nanoTime();
            request.accept(store.store());
            return System.nanoTime() - began;
        };
    }

    /** Requests to both stores in turn, so that whatever else the machine does slows both. */
    private static List<Row> beside(ClaimTimes few, ClaimTimes many, int jobs, int rounds) throws SQLException {
        JobFilter all = JobFilter.all().withLimit(100);
        Map<String, Request> requests = new LinkedHashMap<>();
        requests.put(CLAIM, ClaimTimes::claimNanos);
        requests.put("first page of the list, 100 jobs", timed(store -> store.list(all)));
        requests.put(
                "first page of those that completed", timed(store -> store.list(all.withStatus(JobStatus.COMPLETED))));
        requests.put("first page of a module", timed(store -> store.list(all.withModule("noop"))));
        requests.put("numbers of jobs by status", timed(PostgresStore::counts));
        requests.put(
                "numbers of a module's jobs, to the cap", timed(store -> store.tally(all.withModule("noop"), false)));
        requests.put("search by title that finds", timed(store -> store.list(all.withText("noop"))));
        requests.put(REMOVAL, EndedBenchmark::purge);
        requests.put(NOWHERE, timed(store -> store.list(all.withText("nowhere"))));
        List<Row> rows = new ArrayList<>();
        String settings = "beside " + Row.number(jobs) + " ended jobs";
        for (ClaimTimes store : List.of(few, many)) {
            store.churn(5_000);
            store.prepare(rounds + rounds / 4);
        }
        for (Map.Entry<String, Request> request : requests.entrySet()) {
            boolean isSeldom = SELDOM.contains(request.getKey());
            int times = isSeldom ? FEW_TIMES : rounds;
            Sample fewTimes = new Sample();
            Sample manyTimes = new Sample();
            for (int round = -times / 4; round < times; round++) {
                long fewNanos = request.getValue().nanos(few);
                long manyNanos = request.getValue().nanos(many);
                if (round >= 0) {
                    fewTimes.addNanos(fewNanos);
                    manyTimes.addNanos(manyNanos);
                }
            }
            rows.add(compared(request.getKey(), settings, manyTimes, fewTimes, Row.number(FEW) + " jobs'"));
        }
        double fewBlocks = blocks(few, rounds);
        double manyBlocks = blocks(many, rounds);
        rows.add(Row.of("blocks that a claim and the ends of its jobs touch", settings, Sample.of(manyBlocks), "")
                .against(Row.number(FEW) + " jobs' " + Row.number(fewBlocks), manyBlocks / fewBlocks)
                .atMost(BUDGET, "×", manyBlocks / fewBlocks));
        return rows;
    }

    private static double blocks(ClaimTimes store, int rounds) throws SQLException {
        double before = store.blocks();
        store.measure(rounds);
        return (store.blocks() - before) / (rounds + rounds / 4);
    }

    /** Removes the oldest jobs that are still there. */
    private static long purge(ClaimTimes store) {
        Instant before = store.nextEnd(PURGED);
        PostgresUpkeep upkeep = new PostgresUpkeep(store.store(), InstantSource.system());
        long began = System.nanoTime();
        long removed = upkeep.purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, before), false, true))
                .jobs()
                .get(JobStatus.COMPLETED);
        long took = System.nanoTime() - began;
        if (removed != PURGED) {
            throw new IllegalStateException(removed + " jobs were removed instead of " + PURGED + ".");
        }
        return took;
    }
}
