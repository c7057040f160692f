package dev.pawl.it.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Effort;
import dev.pawl.it.server.Footprint;
import dev.pawl.it.server.Latencies;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An attack on a server that honest clients use: its effect on them, and its traces when it is over. The bounds are those of an otherwise
 * idle machine. On a busy one they are wider: other work makes each computation take longer, and makes it wait for a core in the same
 * proportion.
 */
final class Trial {

    private static final Duration LASTS = Duration.ofMillis(Effort.of(1_500, 4_000));
    /** The time within which nearly all checks of the health are answered. */
    private static final double HEALTH_MS = 100;

    /** The time within which all are: two cores that an attacker shares stand still for a moment when garbage is collected. */
    private static final double LONGEST_HEALTH_MS = 250;

    private static final int LEAST_ANSWERS = 5;

    /** The growth of the live heap allowed for the compiler, the pools and the store. */
    private static final long MORE_LIVE_KB = 8 << 10;

    private static final long MORE_THREADS = 12;

    /** The time in which the server notices closed connections, removes files and lets idle threads end. */
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private static final Path REPORT = Path.of("target", "crowds.txt");

    private final String name;
    private final Server server;
    private final String token;
    private double startMs = 500;
    private double jobMs = 1_000;

    /** A check made during the attack. */
    @FunctionalInterface
    interface Look {
        void at(Crowd crowd) throws Exception;
    }

    Trial(String name, Server server, String token) {
        this.name = name;
        this.server = server;
        this.token = token;
    }

    /** Sets the times within which 99 % of the honest clients' jobs must be on disk and must have ended. */
    Trial within(Duration start, Duration job) {
        startMs = start.toMillis();
        jobMs = job.toMillis();
        return this;
    }

    /** Attacks, and checks the effect and the traces against the bounds. */
    void endure(Crowd.Request request) throws Exception {
        endure(request, crowd -> {});
    }

    /** Attacks in the same way, with a check made meanwhile. */
    void endure(Crowd.Request request, Look look) throws Exception {
        Footprint before = footprint();
        long threadsBefore = threads();
        HealthProbe health = new HealthProbe(server.url());
        HonestClients honest = new HonestClients(server.url(), token);
        long answers;
        double others;
        try (health;
                honest;
                Crowd crowd = new Crowd(server.url(), request);
                OthersWork work = new OthersWork(List.of(
                        server.pid(), crowd.pid(), ProcessHandle.current().pid()))) {
            crowd.awaitWork();
            long end = System.nanoTime() + LASTS.toNanos();
            look.at(crowd);
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            others = work.peak();
            answers = crowd.answers();
        }
        double wider = 1 / ((1 - others) * (1 - others));
        Footprint after = footprint();
        report(health, honest, answers, others, before, after);
        assertTrue(server.isAlive(), server::said);
        assertEquals(List.of(), health.failures());
        assertEquals(List.of(), honest.failures());
        assertWithin(HEALTH_MS * wider, 0.97, health.latencies(), "health");
        assertWithin(LONGEST_HEALTH_MS * wider, 1, health.latencies(), "health");
        assertWithin(startMs * wider, 0.99, honest.starts(), "starts of jobs");
        assertWithin(jobMs * wider, 0.99, honest.jobs(), "jobs");
        Eventually.eventually(RECOVERY, () -> assertRecovered(threadsBefore, threads(), before, footprint()));
    }

    private void assertWithin(double bound, double part, Latencies latencies, String what) {
        assertTrue(latencies.count() >= LEAST_ANSWERS, () -> what + ": " + latencies);
        assertTrue(latencies.millis(part) <= bound, () -> what + ": " + latencies + "; the bound is " + bound + " ms");
    }

    private static void assertRecovered(long threadsBefore, long threads, Footprint before, Footprint after) {
        assertTrue(after.liveKb() <= before.liveKb() + MORE_LIVE_KB, () -> before + " → " + after);
        assertTrue(threads <= threadsBefore + MORE_THREADS, () -> threadsBefore + " → " + threads + " threads");
    }

    /** The number of all threads; those that answer requests end, too, once there are no requests. */
    private long threads() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(server.pid()), "task"))) {
            return tasks.count();
        }
    }

    private Footprint footprint() throws IOException {
        return Footprint.of(server.pid(), Path.of(System.getProperty("java.home")));
    }

    private void report(
            HealthProbe health, HonestClients honest, long answers, double others, Footprint before, Footprint after)
            throws IOException {
        String line = String.format(
                "%s: others had up to %.0f %% of the cores; answers %d; health %s; starts %s; jobs %s; %s → %s%n",
                name, 100 * others, answers, health.latencies(), honest.starts(), honest.jobs(), before, after);
        Files.writeString(REPORT, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
