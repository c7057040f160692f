package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.DbSchedulerPeer;
import dev.pawl.benchmarks.peer.JobRunrPeer;
import dev.pawl.benchmarks.peer.QuartzPeer;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures no-op jobs from their submission to their end, over HTTP and with a result and a log line each: in Pawl and in schedulers behind
 * a bare Jetty. The same schedulers are measured in the submitting process too, where their jobs store nothing.
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
        Sample servedJobRunr = new Sample();
        Sample servedDbScheduler = new Sample();
        Sample raw = new Sample();
        Sample pawl = new Sample();
        for (int round = 0; round < rounds; round++) {
            jobRunr.add(inProcess(JobRunrPeer.class, peerJobs));
            dbScheduler.add(inProcess(DbSchedulerPeer.class, peerJobs));
            quartz.add(inProcess(QuartzPeer.class, peerJobs));
            try (Workspace folder = Workspace.create(name())) {
                servedJobRunr.add(served(JobRunrPeer.class, peerJobs, folder.resolve("jobrunr")));
                servedDbScheduler.add(served(DbSchedulerPeer.class, peerJobs, folder.resolve("db-scheduler")));
                Path data = folder.resolve("data");
                try (Service service = Service.pawl(data)) {
                    service.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder.path()));
                    pawl.add(warmRate(service, jobs));
                }
                try (StoreCopy store = StoreCopy.open(data)) {
                    raw.add(jobs / store.rewrite(jobs, folder.path()));
                }
            }
        }
        String served = peerJobs
                + " jobs over HTTP to a bare Jetty, 16 connections, 16 workers, a result and a line each, SQLite WAL + FULL";
        String sqlite =
                peerJobs + " jobs that store nothing, 16 submitters in its process, 16 workers, SQLite WAL + FULL";
        String h2 = peerJobs + " jobs, the same on H2, whose commits are on disk half a second later";
        String groups = "the rows that Pawl's jobs left, 100 jobs in a commit, WAL + FULL";
        String over = jobs + " jobs, 16 connections, 16 slots, a result and a line each, each acknowledgement on disk";
        double ratio = pawl.median() / Math.max(servedJobRunr.median(), servedDbScheduler.median());
        double toLess = pawl.median() / Math.max(jobRunr.median(), dbScheduler.median());
        return List.of(
                Row.of("JobRunr", served, servedJobRunr, "jobs/s"),
                Row.of("db-scheduler", served, servedDbScheduler, "jobs/s"),
                Row.of("JobRunr in process", sqlite, jobRunr, "jobs/s"),
                Row.of("db-scheduler in process", sqlite, dbScheduler, "jobs/s"),
                Row.of("Quartz in process", h2, quartz, "jobs/s"),
                Row.of("SQLite alone", groups, raw, "jobs/s"),
                Row.of("Pawl", over, pawl, "jobs/s")
                        .against("the faster peer that does the same", ratio)
                        .atLeast(BUDGET, "×", ratio),
                Row.of("Pawl", over, pawl, "jobs/s")
                        .against("the faster peer in process, whose jobs store nothing", toLess)
                        .atLeast(BUDGET, "×", toLess));
    }

    private static double inProcess(Class<?> peer, int jobs) throws Exception {
        return jobs / PeerRun.numbers(peer, "load", jobs).get(0);
    }

    private static double served(Class<?> peer, int jobs, Path folder) throws Exception {
        try (Service service = PeerRun.served(peer, folder)) {
            return warmRate(service, jobs);
        }
    }

    private static double warmRate(Service service, int jobs) throws Exception {
        JobLoad.toTheirEnd(service, jobs / 4);
        return jobs / JobLoad.toTheirEnd(service, jobs);
    }
}
