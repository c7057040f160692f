package dev.pawl.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The processes of one system on a database of their own, and no-op jobs for all of them at once. */
abstract class ClusterLoad implements AutoCloseable {

    private static final long LOOK_MS = 25;

    private final List<Service> services = new ArrayList<>();
    private final Path folder;

    /** Begins without a process; what processes write goes to a folder. */
    ClusterLoad(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Starts one process more. */
    final void add() throws Exception {
        services.add(start(folder.resolve("process-" + services.size())));
    }

    /** Starts a process with a folder of its own. */
    abstract Service start(Path own) throws Exception;

    /** Submits a number of jobs through all processes at once; returns when all are on the disk. */
    abstract void submit(int jobs) throws Exception;

    /** Lets no process begin a job. */
    abstract void pause() throws Exception;

    /** Lets all begin jobs again. */
    abstract void resume() throws Exception;

    /** The number of jobs that have not ended. */
    abstract long left() throws Exception;

    /** The number of transactions that finding out was. */
    int looks() {
        return 0;
    }

    final List<Service> services() {
        return services;
    }

    final Service first() {
        return services.get(0);
    }

    /** Submits jobs, and waits until all have ended; returns the seconds. */
    final double toTheirEnd(int jobs) throws Exception {
        long began = System.nanoTime();
        submit(jobs);
        awaitEnds();
        return (System.nanoTime() - began) / 1e9;
    }

    /** Lets jobs wait until all are there, and then run; returns the seconds from then on. */
    final double drain(int jobs) throws Exception {
        pause();
        submit(jobs);
        long began = System.nanoTime();
        resume();
        awaitEnds();
        return (System.nanoTime() - began) / 1e9;
    }

    private void awaitEnds() throws Exception {
        while (left() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
        }
    }

    /** The processor time of all processes until now. */
    final double cpuSeconds() throws IOException {
        double seconds = 0;
        for (Service service : services) {
            seconds += ProcessTime.of(service.pid());
        }
        return seconds;
    }

    /** Uses a process. */
    interface Use {
        void of(Service service) throws Exception;
    }

    /** Uses all processes at once. */
    final void each(Use use) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(services.size());
        try {
            List<Callable<Boolean>> uses = new ArrayList<>();
            for (Service service : services) {
                uses.add(() -> {
                    use.of(service);
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(uses)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Posts jobs to all processes, 16 connections each. */
    final void post(int jobs) throws Exception {
        each(service -> JobLoad.post(service.url(), jobs / services.size()));
    }

    /** Posts nothing to a path of a process. */
    static void command(URI url, String path) throws IOException {
        try (Poster poster = new Poster(url, path, "")) {
            poster.post();
        }
    }

    @Override
    public void close() throws SQLException {
        services.forEach(Service::close);
    }
}
