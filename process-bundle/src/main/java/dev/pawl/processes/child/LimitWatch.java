package dev.pawl.processes.child;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that looks several times a second at what the processes of tasks take, and ends a task that takes more than it may: the limits
 * of the kernel are for single processes, or for all of a user. It ends itself when there has been nothing to watch for a while. Safe for
 * many threads.
 */
final class LimitWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LimitWatch.class);
    private static final long LOOK_MS = 200;
    private static final int IDLE_LOOKS = 50;

    private final int mostTasks;
    private final ThreadGroup group;
    private final Map<Long, Watched> watched = new HashMap<>();
    private final ProcessTable table = new ProcessTable();
    private final List<Runnable> also = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;

    private record Watched(Child child, Limits limits) {}

    LimitWatch(int mostTasks, ThreadGroup group) {
        this.mostTasks = mostTasks;
        this.group = group;
    }

    synchronized void add(Child child, Limits limits) {
        watched.put(child.pid(), new Watched(child, limits));
        if (thread == null) {
            Thread started = new Thread(group, this::watch, "pawl-process-limits");
            started.setDaemon(true);
            started.setContextClassLoader(null);
            thread = started;
            started.start();
        }
    }

    /** Calls something at each look, while there are processes; it is to be quick. */
    void atEachLook(Runnable work) {
        also.add(work);
    }

    void noMore(Runnable work) {
        also.remove(work);
    }

    synchronized void remove(Child child) {
        watched.remove(child.pid());
    }

    private void watch() {
        try {
            int idle = 0;
            while (idle < IDLE_LOOKS || !endWhenIdle()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
                Map<Long, Watched> now = snapshot();
                idle = now.isEmpty() ? idle + 1 : 0;
                if (!now.isEmpty()) {
                    look(now);
                    also.forEach(Runnable::run);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        }
    }

    private synchronized Map<Long, Watched> snapshot() {
        return Map.copyOf(watched);
    }

    private synchronized boolean endWhenIdle() {
        if (watched.isEmpty()) {
            thread = null;
        }
        return watched.isEmpty();
    }

    private void look(Map<Long, Watched> now) {
        Map<Long, String> marks = new HashMap<>();
        now.forEach((session, one) -> marks.put(session, one.child().mark()));
        table.look(marks);
        now.forEach((session, one) -> {
            int tasks = table.tasks(session);
            long most = one.limits().memoryBytes();
            if (tasks > mostTasks || one.child().isOutOfTasks()) {
                end(
                        one,
                        "The task " + (tasks > mostTasks ? "had " + tasks : "wanted more than " + mostTasks)
                                + " processes and threads, and may have " + mostTasks
                                + "; the setting PAWL_PROCESS_MAX_TASKS allows more.");
            } else if (most > 0 && table.atMost(session) > most) {
                long used = table.exactly(session);
                if (used > most) {
                    end(
                            one,
                            "The task took " + Limits.megabytes(used) + " of memory, and may take "
                                    + one.limits().said() + "; the field memory of its module allows more.");
                }
            }
        });
    }

    private static void end(Watched one, String sentence) {
        LOG.warn("Process {} is ended: {}", one.child().pid(), sentence);
        one.child().endFor(sentence);
    }

    @Override
    public synchronized void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
