package dev.pawl.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Background work that is done when the simulation says so, in order. */
final class SimulatedBackground extends AbstractExecutorService {

    private final Deque<Runnable> work = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        work.add(task);
    }

    /** Whether there is something to do. */
    boolean hasWork() {
        return !work.isEmpty();
    }

    /** Does the next piece. */
    void doNext() {
        work.remove().run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
