package dev.pawl.scheduler.thread;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.service.data.TextLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group of the threads that module code starts while it runs on one thread of ours: a thread joins the group of the thread that makes
 * it, so that each can be assigned to its run.
 */
final class TaskThreadGroup extends ThreadGroup {

    private static final Logger LOG = LoggerFactory.getLogger(TaskThreadGroup.class);

    private final Map<Thread, Long> seenIn = new WeakHashMap<>();
    private volatile String module = "";
    private volatile Consumer<String> jobLog = line -> {};
    private boolean running;
    private long runs;

    TaskThreadGroup(String name) {
        super(name);
    }

    /**
     * A run begins on the group's own thread.
     *
     * @param toJobLog takes lines about its threads for the job's log
     */
    void enter(ModuleVersion version, Consumer<String> toJobLog) {
        module = version.id();
        jobLog = toJobLog;
        synchronized (seenIn) { // the JVM itself uses the group's own monitor
            runs++;
            running = true;
        }
    }

    /** The run is over. */
    void leave() {
        jobLog = line -> {};
        synchronized (seenIn) {
            running = false;
        }
    }

    /** The module that runs here, or ran last. */
    String module() {
        return module;
    }

    /** The live threads in the group that are not ours. */
    List<Thread> others() {
        return threadsIn(this).stream()
                .filter(thread -> !(thread instanceof TaskThread))
                .toList();
    }

    /** The live threads in a group and those below it. */
    static List<Thread> threadsIn(ThreadGroup group) {
        Thread[] found = new Thread[group.activeCount() + 16]; // a snapshot: more may come meanwhile
        return List.of(Arrays.copyOf(found, group.enumerate(found)));
    }

    /** The live threads that earlier runs left behind. To be called now and then. */
    List<Thread> leftBehind() {
        List<Thread> others = others();
        synchronized (seenIn) {
            return others.stream()
                    .filter(thread -> seenIn.computeIfAbsent(thread, key -> runs) < runs || !running)
                    .toList();
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        String name = TextLimit.NAME.kept(thread.getName());
        LOG.warn("Thread {}, which module {} started, ended with an exception.", name, module, thrown);
        String stack = StackText.of(thrown, List.of(), TextLimit.STACK);
        jobLog.accept("Thread " + name + ", which the task started, ended with an exception: " + stack);
    }
}
