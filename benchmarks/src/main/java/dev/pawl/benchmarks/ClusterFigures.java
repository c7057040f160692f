package dev.pawl.benchmarks;

import java.time.Duration;

/**
 * The figures of one system with a number of processes.
 *
 * @param processes their number
 * @param jobs the number of jobs of a run
 * @param rate jobs a second, from their submission to their end
 * @param drained jobs a second that had waited
 * @param processMicros processor time of its processes for a job that was submitted and run, in µs
 * @param databaseMicros the same of the database
 * @param walBytes bytes in the log of the database for such a job
 * @param commits transactions for a job, over the life of the processes
 */
record ClusterFigures(
        int processes,
        int jobs,
        Sample rate,
        Sample drained,
        Sample processMicros,
        Sample databaseMicros,
        Sample walBytes,
        double commits) {

    /** The time after which no further round begins. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final double MICROS = 1e6;

    /** The time for which processes warm up that are measured more than once. */
    private static final Duration WARM_UP = Duration.ofSeconds(25);

    /** Measures, after a warm-up of at least as many jobs for each process, and ends the processes. */
    static ClusterFigures of(ClusterLoad load, ClusterDatabase database, String name, int jobs, int rounds)
            throws Exception {
        Sample rate = new Sample();
        Sample drained = new Sample();
        Sample processMicros = new Sample();
        Sample databaseMicros = new Sample();
        Sample walBytes = new Sample();
        int processes = load.services().size();
        int looks;
        long warmUps;
        try (load) {
            database.checkpoint();
            long warmed = 0;
            long began = System.nanoTime();
            while (warmed < processes || (rounds > 1 && System.nanoTime() - began < WARM_UP.toNanos())) {
                load.toTheirEnd(jobs);
                load.drain(jobs);
                warmed++;
            }
            warmUps = warmed;
            began = System.nanoTime();
            while (rate.size() == 0 || (rate.size() < rounds && System.nanoTime() - began < LONGEST.toNanos())) {
                double cpu = load.cpuSeconds();
                ClusterDatabase.Used before = database.used();
                rate.add(jobs / load.toTheirEnd(jobs));
                ClusterDatabase.Used used = database.used().since(before);
                processMicros.add((load.cpuSeconds() - cpu) * MICROS / jobs);
                databaseMicros.add(used.cpuSeconds() * MICROS / jobs);
                walBytes.add(used.walBytes() / jobs);
                drained.add(jobs / load.drain(jobs));
            }
            looks = load.looks();
        }
        double commits = (database.commits(name) - looks) / (jobs * 2.0 * (rate.size() + warmUps));
        return new ClusterFigures(processes, jobs, rate, drained, processMicros, databaseMicros, walBytes, commits);
    }

    /** Processor time for a job in all processes and the database, in µs. */
    double cpuMicros() {
        return processMicros.median() + databaseMicros.median();
    }

    double best() {
        return Math.max(rate.median(), drained.median());
    }
}
