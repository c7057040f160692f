package dev.pawl.http.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets so much work of a kind be done at once, on the thread that brings it; what is more waits in a queue, which holds no thread and
 * has an end. Each kind of work leaves the others their threads.
 */
public final class Lane implements Executor {

    private final int most;
    private final int mostWaiting;
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    /**
     * A lane without work.
     *
     * @param most how much is done at once
     * @param mostWaiting how much may wait
     * @param threads runs what has waited
     */
    public Lane(int most, int mostWaiting, Executor threads) {
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.threads = threads;
    }

    /**
     * Does the work now, or lets it wait for its turn.
     *
     * @throws RejectedExecutionException when too much waits
     */
    @Override
    public void execute(Runnable work) {
        synchronized (waiting) {
            if (running >= most) {
                if (waiting.size() >= mostWaiting) {
                    throw new RejectedExecutionException("Too many requests wait.");
                }
                waiting.add(work);
                return;
            }
            running++;
        }
        run(work);
    }

    private void run(Runnable work) {
        try {
            work.run();
        } finally {
            next();
        }
    }

    private void next() {
        Runnable work;
        synchronized (waiting) {
            work = waiting.poll();
            if (work == null) {
                running--;
                return;
            }
        }
        Runnable turn = work;
        threads.execute(() -> run(turn));
    }
}
