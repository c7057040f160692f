package dev.pawl.deploy;

import dev.pawl.deploy.bundle.ModuleBundles;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that looks once a second, a quarter more or less, whether another server on the same store has changed modules. */
final class FollowThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowThread.class);
    private static final long LEAST_MS = 750;
    private static final long MOST_MS = 1_250;

    private final ChangeTurn turn;
    private final ServerTurn servers;
    private final ModuleBundles bundles;
    private final Thread thread = new Thread(null, this::run, "pawl-deployments", 0, false);
    private boolean closed; // guarded by this
    private boolean soon = true; // guarded by this
    private boolean failing;

    FollowThread(ChangeTurn turn, ServerTurn servers, ModuleBundles bundles) {
        this.turn = turn;
        this.servers = servers;
        this.bundles = bundles;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (awaitNext()) {
            try {
                if (bundles.modulesRun()) { // until then the start itself brings them in line
                    turn.runHere(servers::follow);
                }
                failing = false;
            } catch (RuntimeException e) { // such as a store that cannot be reached
                if (!failing) {
                    LOG.warn("The modules of other servers cannot be followed at present: {}", e.getMessage());
                }
                failing = true;
            }
        }
    }

    private synchronized boolean awaitNext() {
        long untilNs = System.nanoTime() + ThreadLocalRandom.current().nextLong(LEAST_MS, MOST_MS) * 1_000_000;
        while (!closed) {
            if (soon) {
                soon = false;
                return true;
            }
            long leftMs = (untilNs - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                return true;
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                return false; // nobody interrupts it but the end of the process
            }
        }
        return false;
    }

    /** Looks at once. */
    synchronized void wake() {
        soon = true;
        notifyAll();
    }

    /** Looks no more. A look that is under way ends by itself. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        servers.leave();
    }
}
