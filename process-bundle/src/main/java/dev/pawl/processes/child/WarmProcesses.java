package dev.pawl.processes.child;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one version of a module that wait for their next task. Each has a life: so many tasks, so long, so long without one. Safe
 * for many threads.
 */
public final class WarmProcesses implements AutoCloseable {

    /** The most tasks of one process. */
    static final int MOST_TASKS = 1_000;

    private static final long LONGEST_LIFE_NS = TimeUnit.HOURS.toNanos(1);
    private static final long LONGEST_IDLE_NS = TimeUnit.SECONDS.toNanos(60);

    private final LimitWatch watch;
    private final Runnable look = this::endOld;
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Map<Child, Worker> busy = new HashMap<>();
    private boolean closed;

    private record Worker(Child child, long started, int tasks, long idleSince) {}

    WarmProcesses(LimitWatch watch) {
        this.watch = watch;
        watch.atEachLook(look);
    }

    /** A process that waits; null when none does. */
    public synchronized @Nullable Child take() {
        while (!idle.isEmpty()) {
            Worker worker = idle.removeLast(); // the one that worked last, so that the others come to their end
            if (worker.child().isAlive()) {
                busy.put(worker.child(), worker);
                return worker.child();
            }
            worker.child().close();
        }
        return null;
    }

    /** Whether none waits, though one may. */
    public synchronized boolean lacksSpare() {
        return idle.isEmpty() && !closed;
    }

    /** Lets a process wait that has had no task yet. */
    public void spare(Child child) {
        giveBack(child);
    }

    /** Counts a task that a process has done, and lets it wait for the next one, or ends it when its life is over. */
    public void giveBack(Child child) {
        if (!waits(child)) {
            child.close();
        }
    }

    private synchronized boolean waits(Child child) {
        long now = System.nanoTime();
        Worker known = busy.remove(child);
        Worker worker =
                new Worker(child, known == null ? now : known.started(), known == null ? 1 : known.tasks() + 1, now);
        boolean young = worker.tasks() < MOST_TASKS && now - worker.started() < LONGEST_LIFE_NS;
        if (!closed && young && child.isAlive()) {
            idle.addLast(worker);
            return true;
        }
        return false;
    }

    /** Ends a process that is not to have another task. */
    public void end(Child child) {
        synchronized (this) {
            busy.remove(child);
        }
        child.close();
    }

    private void endOld() {
        List<Worker> old = new ArrayList<>();
        long now = System.nanoTime();
        synchronized (this) {
            idle.removeIf(worker -> {
                boolean ends = now - worker.idleSince() > LONGEST_IDLE_NS
                        || now - worker.started() > LONGEST_LIFE_NS
                        || !worker.child().isAlive();
                return ends && old.add(worker);
            });
        }
        old.forEach(worker -> worker.child().close());
    }

    /** Ends those that wait; those that work end with their tasks. */
    @Override
    public void close() {
        List<Worker> waiting;
        synchronized (this) {
            closed = true;
            waiting = List.copyOf(idle);
            idle.clear();
        }
        watch.noMore(look);
        waiting.forEach(worker -> worker.child().close());
    }
}
