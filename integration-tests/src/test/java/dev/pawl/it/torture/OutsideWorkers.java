package dev.pawl.it.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** External workers that share the queue with the servers of a torture, and outlive each server. */
final class OutsideWorkers implements AutoCloseable {

    private static final int WORKERS = 5;
    private static final long CLOSING_MS = 90_000;

    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private WorkerApi server;
    private boolean reliable;
    private boolean closed;

    private OutsideWorkers(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Starts the workers; there is no server yet. */
    static OutsideWorkers begin(Ledger ledger, long seed) {
        OutsideWorkers workers = new OutsideWorkers(ledger);
        for (int n = 0; n < WORKERS; n++) {
            Thread thread = new Thread(
                    new OutsideWorker(n, workers, ledger, new Random(seed * 31 + n)), "torture-outside-worker-" + n);
            thread.setDaemon(true);
            thread.start();
            workers.threads.add(thread);
        }
        return workers;
    }

    /** Announces a server. */
    synchronized void serve(WorkerApi api) {
        server = api;
        notifyAll();
    }

    /** Announces the end of the server. */
    synchronized void detach() {
        server = null;
    }

    /** Forbids or allows silence from now on. */
    synchronized void beReliable(boolean always) {
        reliable = always;
        notifyAll();
    }

    synchronized boolean isReliable() {
        return reliable;
    }

    /** Waits for a server and returns it; null when the torture is over. */
    synchronized WorkerApi awaitServer() throws InterruptedException {
        while (server == null && !closed) {
            wait();
        }
        return closed ? null : server;
    }

    /** Waits that long without a request, if silence is allowed. */
    synchronized void beSilent(long ms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
        long leftMs = ms;
        while (leftMs > 0 && !reliable && !closed) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** Ends the workers once every request is answered. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            for (Thread thread : threads) {
                thread.join(CLOSING_MS);
                if (thread.isAlive()) {
                    ledger.violation("a request of an external worker was never answered");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
