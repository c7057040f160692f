package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.DbSchedulerPeer;
import dev.pawl.benchmarks.peer.JobRunrPeer;
import dev.pawl.benchmarks.peer.QuartzPeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures no-op jobs from their submission to their end: in Pawl, over HTTP and with a result and a log line each, compared with
 * schedulers in the submitting process, whose jobs store nothing.
 */
final class JobsBenchmark implements Benchmark {

    /** The factor by which a peer gets fewer jobs, so that it takes about the same time. */
    private static final int PEER_SHARE = 5;

    private static final double BUDGET = 6;

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public String title() {
        return "No-op jobs, from their submission to their end";
    }

    /** The size is the number of jobs. A quarter as many run first, for warm-up. */
    @Override
    public List<Row> run(Scale scale) throws Exception {
        int jobs = scale.first(2_000, 50_000);
        int rounds = scale.size(1, 3);
        int peerJobs = Math.max(1, jobs / PEER_SHARE);
        Sample jobRunr = new Sample();
        Sample dbScheduler = new Sample();
        Sample quartz = new Sample();
        Sample raw = new Sample();
        Sample pawl = new Sample();
        for (int round = 0; round < rounds; round++) {
            jobRunr.add(peerJobs
                    / PeerRun.numbers(JobRunrPeer.class, "load", peerJobs).get(0));
            dbScheduler.add(peerJobs
                    / PeerRun.numbers(DbSchedulerPeer.class, "load", peerJobs).get(0));
            quartz.add(peerJobs
                    / PeerRun.numbers(QuartzPeer.class, "load", peerJobs).get(0));
            try (Workspace folder = Workspace.create(name())) {
                Path data = folder.resolve("data");
                try (Service service = Service.pawl(data)) {
                    service.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                    JobLoad.toTheirEnd(service, jobs / 4);
                    pawl.add(jobs / JobLoad.toTheirEnd(service, jobs));
                }
                try (StoreCopy store = StoreCopy.open(data)) {
                    raw.add(jobs / store.rewrite(jobs, folder.path()));
                }
            }
        }
        String sqlite =
                peerJobs + " jobs, 16 submitters in its process, 16 workers, SQLite WAL + FULL: each commit on disk";
        double ratio = pawl.median() / Math.max(jobRunr.median(), dbScheduler.median()); // the peers as durable as it
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of("JobRunr", sqlite, jobRunr, "jobs/s"));
        rows.add(Row.of("db-scheduler", sqlite, dbScheduler, "jobs/s"));
        String h2 = peerJobs + " jobs, the same on H2, whose commits are on disk half a second later";
        rows.add(Row.of("Quartz", h2, quartz, "jobs/s"));
        String groups = "the rows that Pawl's jobs left, 100 jobs in a commit, WAL + FULL";
        rows.add(Row.of("SQLite alone", groups, raw, "jobs/s"));
        rows.add(Row.of(
                        "Pawl over HTTP",
                        jobs + " jobs, 16 connections, 16 slots, each acknowledgement on disk",
                        pawl,
                        "jobs/s")
                .against("the faster peer on SQLite", ratio)
                .atLeast(BUDGET, "×", ratio));
        return rows;
    }
}
