package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures schedules that are due at the same second, and many that are not due. */
final class SchedulesBenchmark implements Benchmark {

    /** The most schedules in a request. */
    private static final int SET = 5_000;

    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final int MADE_IN_A_SECOND = 500;
    private static final double STORM_LIMIT_S = 2;

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public String title() {
        return "Schedules";
    }

    /** The size is the number of schedules of one second, in place of 10,000; ten times as many are idle. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int due = scale.first(200, 10_000);
        List<Row> rows = new ArrayList<>();
        try (Workspace folder = Workspace.create("schedules");
                Service pawl = Service.pawl(folder.resolve("data"))) {
            pawl.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
            rows.add(storm(pawl, due));
        }
        try (Workspace folder = Workspace.create("schedules")) {
            rows.addAll(idle(folder, due * 10));
        }
        return rows;
    }

    private static Row storm(Service pawl, int schedules) throws IOException {
        Instant dueAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(15 + schedules / MADE_IN_A_SECOND);
        make(pawl, schedules, dueAt);
        if (!Instant.now().isBefore(dueAt)) {
            throw new IOException("The schedules were due before all were made.");
        }
        LockSupport.parkUntil(dueAt.toEpochMilli());
        long jobs;
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            jobs = pawl.client()
                    .get("/jobs/counts?exact=true")
                    .path("counts")
                    .valueStream()
                    .mapToLong(count -> count.asLong())
                    .sum();
        } while (jobs < schedules);
        double seconds = Duration.between(dueAt, Instant.now()).toMillis() / 1_000.0;
        return Row.of(schedules + " due at one second, until each has its job", "no-op jobs", Sample.of(seconds), "s")
                .atMost(STORM_LIMIT_S, " s", seconds);
    }

    private static List<Row> idle(Workspace folder, int schedules) throws IOException {
        double without;
        double memoryWithout;
        try (Service pawl = Service.pawl(folder.resolve("data"))) {
            memoryWithout = pawl.residentMebibytes();
            without = idleMs(pawl);
            make(pawl, schedules, Instant.now().plus(Duration.ofDays(300)));
        }
        try (Service pawl = Service.pawl(folder.resolve("data"))) {
            double memory = pawl.residentMebibytes();
            String settings = "CPU in a second without a request";
            return List.of(
                    Row.of("no schedules, idle", settings, Sample.of(without), "ms"),
                    Row.of(schedules + " schedules, idle", settings, Sample.of(idleMs(pawl)), "ms"),
                    Row.of("no schedules, resident memory", "after 3 s", Sample.of(memoryWithout), "MiB"),
                    Row.of(schedules + " schedules, resident memory", "after 3 s", Sample.of(memory), "MiB"));
        }
    }

    /** The CPU time of an idle server in a second, in milliseconds. */
    private static double idleMs(Service pawl) throws IOException {
        ThreadTimes before = ThreadTimes.of(pawl.pid());
        LockSupport.parkNanos(IDLE.toNanos());
        return ThreadTimes.of(pawl.pid()).since(before).total() * 1_000 / IDLE.toSeconds();
    }

    private static void make(Service pawl, int schedules, Instant startAt) throws IOException {
        for (int from = 0; from < schedules; from += SET) {
            String set = IntStream.range(from, Math.min(schedules, from + SET))
                    .mapToObj(n -> "{\"name\":\"s" + n + "\",\"every\":\"365d\",\"start_at\":\"" + startAt
                            + "\",\"job\":{\"module_id\":\"noop\"}}")
                    .collect(Collectors.joining(",", "{\"set\":\"s" + from + "\",\"schedules\":[", "]}"));
            pawl.client().post("/schedules/apply", set);
        }
    }
}
