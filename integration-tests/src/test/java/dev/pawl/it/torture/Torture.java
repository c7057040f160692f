package dev.pawl.it.torture;

import dev.pawl.it.server.Footprint;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts the real distribution, keeps a mixed load on it, kills it with SIGKILL at random moments amid all kinds of faults, starts it
 * again, and at the end compares every job with a model kept here. The same seed gives the same lives and the same load, as far as the
 * machine allows.
 */
final class Torture {

    static final int SLOTS = 12;

    static final Map<String, String> SETTINGS = Map.of(
            "PAWL_STOP_GRACE",
            "1s",
            "PAWL_STOP_ABANDON",
            "1s",
            "PAWL_WORKERS",
            String.valueOf(SLOTS),
            "PAWL_CLIENT_EXPIRY",
            Ledger.EXPIRY.toSeconds() + "s",
            "PAWL_CALLBACK_HOSTS",
            "127.0.0.1",
            "PAWL_LOG_LEVEL",
            "WARN",
            "PAWL_JAVA_OPTS",
            "-XX:TieredStopAtLevel=1"); // no server here lives long enough to benefit from the second compiler
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final int SAID_EVERY = 25;
    private static final long WARM_UP_MS = 3_000;

    private final Path folder;
    private final Path javaHome;
    private final long seed;
    private final Consumer<String> diary;
    private final Ledger ledger = new Ledger();
    private final Watcher watcher = new Watcher(ledger);
    private final Map<String, Integer> lives = new TreeMap<>();
    private final ServerErrors errors;
    private long slowestStartMs;
    private int saidAt;

    /** @param diary receives the progress, one sentence at a time */
    Torture(Path folder, Path javaHome, long seed, Consumer<String> diary) {
        this.folder = folder;
        this.javaHome = javaHome;
        this.seed = seed;
        this.diary = diary;
        this.errors = new ServerErrors(folder.resolve("answered-500.log"), ledger);
    }

    /** Runs until the server has been killed that often. */
    Report run(int kills) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (Disk disk = Disk.in(folder);
                OutsideWorkers workers = OutsideWorkers.begin(ledger, seed);
                Trails trails = Trails.begin(ledger)) {
            ledger.tellsTo(trails.callbacks().url());
            Versions versions = new Versions(folder, ledger);
            diary.accept("seed " + seed + ", data on " + (disk.isSmall() ? "a small disk" : "the common disk"));
            Footprint first = first(disk, versions, workers, trails);
            for (int number = 1; ledger.kills() < kills; number++) {
                Duration soFar = Duration.ofNanos(System.nanoTime() - begin);
                live(disk, versions, workers, trails, Life.draw(seed, number), soFar);
            }
            try (Server last = start(disk)) {
                workers.serve(WorkerApi.of(last.url(), disk.data()));
                versions.judge(last.api());
                trails.schedules().end(last.api());
                trails.hooks().end(last.url());
                Rest rest = new Rest(last, javaHome, ledger, workers);
                rest.await();
                rest.judgeSlots(SLOTS);
                Audit audit = new Audit(last.api(), ledger, watcher, trails, job -> false, Audit::requested);
                audit.judge();
                loadFor(last, trails, WARM_UP_MS, seed - 1);
                Footprint footprint = rest.footprint();
                footprint.grownFrom(first).forEach(ledger::violation);
                if (last.terminate() != 0) {
                    ledger.violation("the last server did not end with 0");
                }
                DatabaseCheck.of(disk.data(), ledger);
                ServerLogs.judge(disk.data(), last.said(), ledger);
                if (!ledger.violations().isEmpty()) {
                    disk.keep(folder);
                }
                return new Report(
                        seed,
                        ledger.kills(),
                        lives,
                        audit.outcomes().values().stream().mapToInt(n -> n).sum(),
                        ledger.unansweredCount(),
                        ledger.refusedCount(),
                        audit.outcomes(),
                        audit.wornOut(),
                        ledger.leases().counts(),
                        trails.audit().verified(),
                        trails.schedules().dueTimes(),
                        trails.hooks().deliveries() + " deliveries to a hook; "
                                + trails.callbacks().told(),
                        slowestStartMs,
                        first,
                        footprint,
                        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                        ledger.violations());
            }
        }
    }

    /** Installs the module, and measures the footprint of a server that has worked a little and is at rest. */
    private Footprint first(Disk disk, Versions versions, OutsideWorkers workers, Trails trails)
            throws IOException, InterruptedException {
        try (Server first = start(disk)) {
            workers.serve(WorkerApi.of(first.url(), disk.data()));
            versions.install(first.api());
            trails.hooks().begin(first.api(), trails.callbacks().url());
            loadFor(first, trails, WARM_UP_MS, seed);
            Footprint footprint = new Rest(first, javaHome, ledger, workers).footprint();
            trails.schedules().begin(first.api());
            first.terminate();
            ledger.leases().serverEnded(System.nanoTime());
            return footprint;
        }
    }

    private void loadFor(Server server, Trails trails, long ms, long loadSeed) throws InterruptedException {
        Load load = Load.on(server, ledger, trails.hooks(), loadSeed);
        try {
            Ordeal.sleep(ms);
        } finally {
            load.close();
        }
    }

    private Server start(Disk disk) {
        long begin = System.nanoTime();
        ledger.leases().serverStarts(begin);
        Server server = Server.start(disk.data(), javaHome, SETTINGS);
        noteStart(begin);
        return server;
    }

    private long noteStart(long beginNs) {
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs);
        slowestStartMs = Math.max(slowestStartMs, ms);
        return ms;
    }

    private void live(Disk disk, Versions versions, OutsideWorkers workers, Trails trails, Life life, Duration soFar)
            throws IOException, InterruptedException {
        lives.merge(life.death().name(), 1, Integer::sum);
        if (life.fault() != Life.Fault.NONE) {
            lives.merge(life.fault().name(), 1, Integer::sum);
        }
        if (life.withoutCache()) {
            Disk.succeeds("rm", "-rf", disk.data().resolve("cache").toString());
        }
        long begin = System.nanoTime();
        ledger.leases().serverStarts(begin);
        Server server = Server.launch(disk.data(), javaHome, SETTINGS);
        try (server) {
            boolean atStart = life.death() == Life.Death.AT_START;
            Duration patience = atStart ? Duration.ofMillis(life.afterMs()) : LONGEST_START;
            if (server.awaitReady(patience)) {
                long startedMs = noteStart(begin);
                long leftMs = atStart ? life.afterMs() - startedMs : life.afterMs();
                new Ordeal(server, disk, ledger, life).endure(leftMs, versions, watcher, workers, trails);
            } else if (atStart && server.isAlive()) {
                server.kill();
                ledger.killed();
            } else {
                ledger.violation("the server did not start. It said:\n" + server.said());
            }
        } finally {
            workers.detach();
            ledger.leases().serverEnded(System.nanoTime());
            disk.free();
            String failed = errors.keep(life, server.said());
            if (!failed.isEmpty()) {
                diary.accept(failed);
            }
        }
        sayHowItGoes(disk, soFar);
    }

    private void sayHowItGoes(Disk disk, Duration soFar) throws IOException {
        int kills = ledger.kills();
        if (kills < saidAt + SAID_EVERY) {
            return;
        }
        saidAt = kills;
        DatabaseCheck.ofCopy(disk.data(), folder, ledger);
        diary.accept(kills + " kills, " + ledger.all().size() + " requests, " + soFar.toSeconds() + " s, "
                + ledger.violations().size() + " violations "
                + ledger.violations().stream().limit(3).toList());
    }
}
