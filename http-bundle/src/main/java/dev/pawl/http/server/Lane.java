package dev.pawl.http.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane: limits how much work of a kind is done at once. More work waits in a bounded queue without occupying a thread, so that each kind
 * of work leaves the others their threads.
 */
public final class Lane implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final int most;
    private final int mostWaiting;
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private int running;

    /**
     * A lane without work.
     *
     * @param most the most work that is done at once
     * @param mostWaiting the most work that may wait
     * @param threads the executor, which has a thread for each place
     */
    public Lane(int most, int mostWaiting, Executor threads) {
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.threads = threads;
    }

    /**
     * Runs the work when a place is free; at once, on the calling thread, when that thread already works in this lane.
     *
     * @throws RejectedExecutionException when too much work waits, or the threads have ended
     */
    @Override
    public void execute(Runnable work) {
        if (inside.get()) {
            work.run();
            return;
        }
        synchronized (waiting) {
            if (running >= most) {
                if (waiting.size() >= mostWaiting) {
                    throw new RejectedExecutionException("Too many requests are waiting.");
                }
                waiting.add(work);
                return;
            }
            running++;
        }
        try {
            threads.execute(() -> run(work));
        } catch (RejectedExecutionException ended) {
            synchronized (waiting) {
                running--;
            }
            throw ended;
        }
    }

    /** Whether more work would be refused now. */
    public boolean isFull() {
        synchronized (waiting) {
            return running >= most && waiting.size() >= mostWaiting;
        }
    }

    /** Whether there is no work. */
    public boolean isIdle() {
        synchronized (waiting) {
            return running == 0;
        }
    }

    private void run(Runnable first) {
        inside.set(true);
        try {
            Runnable work = first;
            while (work != null) {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("A request failed because of a bug", e); // the next one follows
                }
                work = next();
            }
        } finally {
            inside.remove();
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable work = waiting.poll();
            if (work == null) {
                running--;
            }
            return work;
        }
    }
}
