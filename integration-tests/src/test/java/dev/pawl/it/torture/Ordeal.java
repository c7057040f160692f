package dev.pawl.it.torture;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Takes one ready server through its life: load, faults, an update, and its end. */
final class Ordeal {

    private static final int NEWEST_JOBS = 300;
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    private final Server server;
    private final Disk disk;
    private final Ledger ledger;
    private final Life life;
    private final Api api;

    Ordeal(Server server, Disk disk, Ledger ledger, Life life) {
        this.server = server;
        this.disk = disk;
        this.ledger = ledger;
        this.life = life;
        this.api = server.api();
    }

    /** Runs until the server has ended. */
    void endure(long ms, Versions versions, Watcher watcher, OutsideWorkers workers, Trails trails)
            throws IOException, InterruptedException {
        workers.serve(WorkerApi.of(server.url(), disk.data()));
        versions.judge(api);
        trails.look(api);
        watcher.look(api, NEWEST_JOBS);
        try (Load load = Load.on(server, ledger, trails.hooks(), life.loadSeed())) {
            boolean troubled = life.fault() == Life.Fault.NONE ? calm(ms) : troubled(ms);
            if (life.death() == Life.Death.IN_UPDATE) {
                load.beside(() -> versions.update(api));
                sleep(life.faultMs() / 2);
            }
            if (!troubled) {
                watcher.look(api, NEWEST_JOBS);
            }
            if (life.death() == Life.Death.POLITE) {
                mend();
                if (server.terminate() != 0) {
                    ledger.violation("the server did not end with 0. It said:\n" + server.said());
                }
            } else if (server.isAlive()) {
                server.kill();
                ledger.killed();
            } else {
                ledger.violation("the server ended by itself. It said:\n" + server.said());
            }
        }
    }

    private static boolean calm(long ms) throws InterruptedException {
        sleep(ms);
        return false;
    }

    /** Causes the fault, and returns whether it still lasts. */
    private boolean troubled(long ms) throws IOException, InterruptedException {
        sleep(ms / 2);
        trouble();
        sleep(life.faultMs());
        if (!life.mended()) {
            return true;
        }
        mend();
        try {
            Eventually.eventually("the server accepts jobs again", RECOVERY, () -> Load.takes(api, ledger));
        } catch (AssertionError e) {
            ledger.violation("the server did not recover from " + life.fault() + ": " + e.getMessage());
        }
        sleep(ms / 2);
        return false;
    }

    private void trouble() throws IOException, InterruptedException {
        switch (life.fault()) {
            case NONE -> {}
            case FROZEN -> {
                signal("STOP");
                if (life.faultMs() >= Life.LONG_FREEZE_MS) {
                    ledger.leases().serverEnded(System.nanoTime());
                }
            }
            case FULL_DISK -> {
                if (disk.isSmall()) {
                    disk.fill();
                } else {
                    disk.limitFiles(server.pid(), true);
                }
            }
            case FILE_LIMIT -> disk.limitFiles(server.pid(), true);
            case SLOW_DISK -> {
                Thread busy = new Thread(this::keepDiskBusy, "torture-busy-disk");
                busy.setDaemon(true);
                busy.start();
            }
        }
    }

    private void mend() throws IOException, InterruptedException {
        ledger.leases().serverStarts(System.nanoTime());
        signal("CONT");
        disk.free();
        disk.limitFiles(server.pid(), false);
    }

    private void keepDiskBusy() {
        try {
            disk.makeBusy(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2L * life.faultMs()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (!Disk.succeeds("kill", "-" + name, String.valueOf(server.pid()))) {
            throw new IllegalStateException("kill -" + name + " " + server.pid() + " failed");
        }
    }

    /** Sleeps, since durations are part of the torture and there is no condition to wait for. */
    static void sleep(long ms) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.max(0, ms));
    }
}
