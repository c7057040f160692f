package dev.pawl.benchmarks;

import dev.pawl.benchmarks.modules.noop.NoOpModule;
import dev.pawl.benchmarks.peer.DbSchedulerPeer;
import dev.pawl.benchmarks.peer.JobRunrPeer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Measures no-op jobs from their submission to their end: in Pawl, over HTTP and with a result and a log line each, compared with
 * schedulers in the submitting process, whose jobs store nothing.
 */
public final class JobsBenchmark {

    /** The factor by which a peer gets fewer jobs, so that it takes about the same time. */
    private static final int PEER_SHARE = 5;

    private JobsBenchmark() {}

    /** Takes the number of jobs, 50,000 by default. A quarter as many run first, for warm-up. */
    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length == 0 ? 50_000 : Integer.parseInt(arguments[0]);
        int peerJobs = jobs / PEER_SHARE;
        double jobRunr =
                peerJobs / PeerRun.numbers(JobRunrPeer.class, "load", peerJobs).get(0);
        double dbScheduler = peerJobs
                / PeerRun.numbers(DbSchedulerPeer.class, "load", peerJobs).get(0);
        Path folder = Files.createTempDirectory("pawl-jobs");
        double pawl;
        try (Service service = Service.pawl(folder.resolve("data"))) {
            service.client().upload(ModuleJar.of(NoOpModule.class, "1.0.0", folder));
            toTheirEnd(service, jobs / 4);
            pawl = jobs / toTheirEnd(service, jobs);
        }
        Figures.line("JobRunr: %.0f jobs/s; db-scheduler: %.0f jobs/s", jobRunr, dbScheduler);
        Figures.line(
                "Pawl, over HTTP, %d clients: %.0f jobs/s, %.1f times the faster one (budget 6)",
                JobLoad.CLIENTS, pawl, pawl / Math.max(jobRunr, dbScheduler));
    }

    private static double toTheirEnd(Service service, int jobs) throws Exception {
        long began = System.nanoTime();
        JobLoad.post(service.url(), jobs);
        JobLoad.awaitIdle(service.client());
        return (System.nanoTime() - began) / 1e9;
    }
}
