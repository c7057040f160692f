package dev.pawl.scheduler.thread;

import dev.pawl.base.thread.ThreadNames;
import dev.pawl.base.thread.VirtualThreads;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.secret.RecentSecrets;
import dev.pawl.service.catalog.LingeringThread;
import dev.pawl.service.data.TextLimit;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that module code started and that outlive its run. The end of a run that started threads looks for them. Those that cannot be
 * seen then (a thread that inherits nothing, one of an abandoned run) are found by a sweep, if they still go on after a while: the
 * threads of many pools end when they have been idle for a minute. Virtual threads that inherit nothing are not found, nor are any
 * threads that inherit nothing from a run on a virtual thread. Keeps no thread and no class of a module. Safe for many threads.
 */
public final class LeakedThreads {

    /** Period of the sweeps. */
    public static final Duration PERIOD = Duration.ofSeconds(30);

    /** Number of sweeps that must see a thread before it counts as leaked: more than a minute of them. */
    static final int SIGHTINGS = 4;

    /** Time that threads which were asked to end may take for it. */
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int MOST_NAMED = 10;

    private static final ThreadStarts THREAD_STARTS = new ThreadStarts();
    private static final Logger LOG = LoggerFactory.getLogger(LeakedThreads.class);

    private final DescendantThreads descendants;
    private final Map<Thread, Integer> sightings = new WeakHashMap<>();
    private final CopyOnWriteArrayList<LeakedThread> known = new CopyOnWriteArrayList<>();

    private final RecentSecrets secrets = new RecentSecrets();

    private record LeakedThread(
            WeakReference<Thread> thread,
            String module,
            @Nullable UUID job) {

        boolean is(Thread other) {
            return thread.refersTo(other);
        }

        boolean isAlive() {
            Thread live = thread.get();
            return live != null && live.isAlive();
        }

        String name(RecentSecrets secrets) {
            Thread live = thread.get();
            return (live == null ? "a thread" : nameOf(live, secrets)) + (job == null ? "" : " (of job " + job + ")");
        }
    }

    private LeakedThreads(DescendantThreads descendants) {
        this.descendants = descendants;
    }

    /** For runs on platform threads: recognizes their threads by the thread groups, and virtual ones by inherited thread locals. */
    public static LeakedThreads in(TaskThreadGroups groups) {
        return new LeakedThreads(VirtualThreads.exist() ? groups.and(DescendantSearch.virtual(THREAD_STARTS)) : groups);
    }

    /** For runs on virtual threads: recognizes their threads by inherited thread locals. */
    public static LeakedThreads byInheritance() {
        return new LeakedThreads(DescendantSearch.all(THREAD_STARTS));
    }

    /**
     * A run begins on the calling thread.
     *
     * @param toJobLog takes lines about its threads for the job's log while it goes on
     */
    public RunAncestry enter(ModuleVersion version, Consumer<String> toJobLog) {
        if (Thread.currentThread() instanceof TaskThread own) {
            own.group().enter(version, line -> toJobLog.accept(shown(line, TextLimit.LINE)));
        }
        return THREAD_STARTS.watch();
    }

    /** Adds secrets that the names of threads must not show from now on. */
    public void hide(List<String> ofRun) {
        if (!ofRun.isEmpty()) {
            secrets.add(ofRun);
        }
    }

    /** A text as it is kept, without the secrets of the latest runs. */
    public String shown(String text, TextLimit limit) {
        return secrets.shown(text, limit);
    }

    /**
     * The run on the calling thread ends; waits a moment for the threads it started.
     *
     * @param ancestry the result of {@link #enter}
     * @return the sentence for the job's log when some go on; each is reported once
     */
    public Optional<String> leave(RunAncestry ancestry, String module, UUID job) {
        THREAD_STARTS.remove();
        RunAncestry.Ended run = new RunAncestry.Ended(module, job);
        List<String> names = ancestry.hasStartedThreads() ? newlyLeaked(ancestry, run) : List.of();
        ancestry.end(run);
        if (Thread.currentThread() instanceof TaskThread own) {
            own.group().leave();
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("Threads that the job started go on after it: " + listed(names)
                        + ". A module ends its threads before run or cleanup returns.");
    }

    /** Looks for leaked threads that could not be seen when their run ended. */
    public synchronized void sweep() {
        known.removeIf(leaked -> !leaked.isAlive());
        Map<Thread, RunAncestry.Ended> left = descendants.leftBehind();
        sightings.keySet().retainAll(left.keySet());
        left.forEach((thread, run) -> {
            if (isNew(thread) && sightings.merge(thread, 1, Integer::sum) == SIGHTINGS) {
                known.add(new LeakedThread(new WeakReference<>(thread), run.module(), run.job()));
                LOG.warn(
                        "Thread {} of module {} goes on though the job that started it has ended.",
                        nameOf(thread, secrets),
                        run.module());
            }
        });
    }

    /** The threads of a module, as they are now. */
    public Stream<LingeringThread> of(String module) {
        return known.stream()
                .filter(leaked -> leaked.module().equals(module) && leaked.isAlive())
                .flatMap(leaked -> Stream.ofNullable(leaked.thread().get())
                        .map(live -> LingeringThread.of(
                                LingeringThread.Kind.LEAKED, nameOf(live, secrets), leaked.job(), live)));
    }

    /** Warnings for an operator who looks at the module. */
    public List<String> warnings(String module) {
        List<String> names = known.stream()
                .filter(leaked -> leaked.module().equals(module) && leaked.isAlive())
                .map(leaked -> leaked.name(secrets))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        return List.of((names.size() == 1 ? "1 thread goes" : names.size() + " threads go")
                + " on though the jobs that started them have ended: "
                + listed(names)
                + ". They keep what they hold for as long as they live, and the module's classes after an update.");
    }

    private static String nameOf(Thread thread, RecentSecrets secrets) {
        return secrets.shown(ThreadNames.of(thread), TextLimit.NAME);
    }

    private static String listed(List<String> names) {
        int more = names.size() - MOST_NAMED;
        return more <= 0
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + more + " more";
    }

    private List<String> newlyLeaked(RunAncestry ancestry, RunAncestry.Ended run) {
        long deadlineNs = System.nanoTime() + WAIT_NS;
        List<String> names = new ArrayList<>();
        for (Thread thread : descendants.of(ancestry)) {
            if (isNew(thread) && goesOn(thread, deadlineNs)) {
                known.add(new LeakedThread(new WeakReference<>(thread), run.module(), run.job()));
                names.add(nameOf(thread, secrets));
            }
        }
        return names;
    }

    private boolean isNew(Thread thread) {
        return !JvmThreads.has(thread) && known.stream().noneMatch(leaked -> leaked.is(thread));
    }

    private static boolean goesOn(Thread thread, long deadlineNs) {
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            } catch (
                    InterruptedException
                            e) { // by a thread of the module: nothing else interrupts now, and nothing is to end
                return thread.isAlive();
            }
        }
        return thread.isAlive();
    }
}
