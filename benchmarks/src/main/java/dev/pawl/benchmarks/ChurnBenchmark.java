package dev.pawl.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets very many jobs pass through a database, as a day does, and measures on the way what claims cost, how large the tables are and what is written:
 * as it is, and while a transaction from before all of them stays open. A day of 12 jobs a second has a million.
 */
final class ChurnBenchmark implements Benchmark {

    private static final int PARTS = 10;
    private static final Set<Integer> DRAWN = Set.of(1, 2, 3, 5, 10); // as far apart as their labels need on the axis
    private static final double BUDGET = 1.2;

    @Override
    public String name() {
        return "churn";
    }

    @Override
    public String title() {
        return "Claims on PostgreSQL while very many jobs come and go";
    }

    /** The size is the number of jobs that pass. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(20_000, 1_000_000);
        int rounds = scale.size(20, 100);
        Path graphs = Path.of(scale.isQuick() ? "target" : "docs");
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create(name());
                ClusterDatabase database = ClusterDatabase.start(folder.resolve("postgresql"))) {
            rows.add(new Row(
                    "PostgreSQL " + database.version(),
                    ClusterDatabase.SETTINGS + ", " + Churn.SETTINGS,
                    0,
                    "",
                    "",
                    "",
                    ""));
            for (boolean isHeld : new boolean[] {false, true}) {
                String settings = isHeld ? "while a transaction from before them is open" : "no other transaction";
                String name = isHeld ? "held" : "free";
                database.create(name);
                NavigableMap<Integer, Double> blocks = new TreeMap<>();
                try (Churn churn = new Churn(database, name, isHeld)) {
                    Churn.State first = churn.pass(jobs / PARTS, rounds);
                    Churn.State last = first;
                    for (int part = 1; part <= PARTS; part++) {
                        rows.addAll(rows(last, first, settings));
                        if (DRAWN.contains(part)) {
                            blocks.put(last.passed(), last.blocks());
                        }
                        if (part == 1 || part == PARTS) {
                            rows.addAll(tables(last, settings));
                        }
                        last = part < PARTS ? churn.pass(jobs / PARTS, rounds) : last;
                    }
                }
                Graph.write(
                        graphs.resolve("churn-" + name + ".svg"),
                        "blocks that a claim of " + ClaimTimes.CLAIMED + " jobs and their ends touch, " + settings,
                        "jobs that passed before",
                        blocks);
                database.drop(name);
            }
        }
        return rows;
    }

    private static List<Row> tables(Churn.State state, String settings) {
        List<Row> rows = new ArrayList<>();
        String after = "after " + Row.number(state.passed()) + " jobs, " + settings;
        state.tables()
                .forEach((table, size) -> rows.add(new Row(
                        table + ", table and indexes",
                        after,
                        1,
                        Row.number(size.tableMiB()) + " and " + Row.number(size.indexMiB()) + " MiB",
                        Row.number(size.dead()) + " dead rows",
                        "",
                        "")));
        return rows;
    }

    private static List<Row> rows(Churn.State state, Churn.State first, String settings) {
        String after = "after " + Row.number(state.passed()) + " jobs, " + settings;
        double ratio = state.blocks() / first.blocks();
        return List.of(
                Row.of("claim of " + ClaimTimes.CLAIMED + " jobs", after, state.claims(), "ms")
                        .against(
                                "after the first part",
                                state.claims().median() / first.claims().median()),
                Row.percentile("claim of " + ClaimTimes.CLAIMED + " jobs,", after, state.claims(), 0.99),
                Row.of("blocks that a claim and the ends of its jobs touch", after, Sample.of(state.blocks()), "")
                        .against("after the first part", ratio)
                        .atMost(BUDGET, "×", ratio),
                Row.of("WAL of a job", after, Sample.of(state.walBytes()), "bytes"),
                Row.of("jobs that passed a second", after, Sample.of(state.rate()), ""));
    }
}
