package dev.pawl.scheduler.thread;

import dev.pawl.base.thread.ThreadNames;
import dev.pawl.base.thread.VirtualThreads;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.secret.RecentSecrets;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that module code started and that outlive its run. A run that was seen to start threads is looked at when it ends; what
 * cannot be seen then (a thread that inherits nothing, one of a run that was given up) is found by a sweep, if it still goes on after a
 * while: the threads of many pools end when they have been idle for a minute. Virtual threads that inherit nothing are not found, nor
 * is any thread that inherits nothing from a run on a virtual thread. Keeps no thread and no class of a module. Safe for many threads.
 */
public final class LeakedThreads {

    /** How often to sweep. */
    public static final Duration PERIOD = Duration.ofSeconds(30);

    /** How many sweeps must see a thread before it is told of: more than a minute of them. */
    static final int SIGHTS = 4;

    /** What threads that were told to end may take for it. */
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int MOST_NAMED = 10;

    private static final ThreadStarts BIRTHS = new ThreadStarts();
    private static final Logger LOG = LoggerFactory.getLogger(LeakedThreads.class);

    private final DescendantThreads offspring;
    private final Map<Thread, Integer> sights = new WeakHashMap<>();
    private final CopyOnWriteArrayList<Stray> known = new CopyOnWriteArrayList<>();

    private final RecentSecrets secrets = new RecentSecrets();

    private record Stray(
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

    private LeakedThreads(DescendantThreads offspring) {
        this.offspring = offspring;
    }

    /** Knows the threads of runs on platform threads by their groups, and the virtual ones by what they inherit. */
    public static LeakedThreads in(TaskThreadGroups groups) {
        return new LeakedThreads(VirtualThreads.exist() ? groups.and(DescendantSearch.virtual(BIRTHS)) : groups);
    }

    /** Knows the threads of runs on virtual threads by what they inherit. */
    public static LeakedThreads byInheritance() {
        return new LeakedThreads(DescendantSearch.all(BIRTHS));
    }

    /**
     * A run begins on the calling thread.
     *
     * @param toJobLog takes what there is to say of its threads while it goes on
     */
    public RunAncestry enter(ModuleVersion kind, Consumer<String> toJobLog) {
        if (Thread.currentThread() instanceof TaskThread own) {
            own.group().enter(kind, line -> toJobLog.accept(shown(line, TextLimit.LINE)));
        }
        return BIRTHS.watch();
    }

    /** Adds what names of threads must not show from now on. */
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
     * @param lineage what {@link #enter} returned
     * @return the sentence for the job's log when some go on; each is told once
     */
    public Optional<String> leave(RunAncestry lineage, String module, UUID job) {
        BIRTHS.remove();
        RunAncestry.Ended run = new RunAncestry.Ended(module, job);
        List<String> names = lineage.hasBorne() ? newStrays(lineage, run) : List.of();
        lineage.end(run);
        if (Thread.currentThread() instanceof TaskThread own) {
            own.group().leave();
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("Threads that the job started go on after it: " + listed(names)
                        + ". A module ends its threads before run or cleanup returns.");
    }

    /** Looks for strays that nobody could see when their run ended. */
    public synchronized void sweep() {
        known.removeIf(stray -> !stray.isAlive());
        Map<Thread, RunAncestry.Ended> left = offspring.leftBehind();
        sights.keySet().retainAll(left.keySet());
        left.forEach((thread, run) -> {
            if (isNew(thread) && sights.merge(thread, 1, Integer::sum) == SIGHTS) {
                known.add(new Stray(new WeakReference<>(thread), run.module(), run.job()));
                LOG.warn(
                        "Thread {} of module {} goes on though the job that started it has ended.",
                        nameOf(thread, secrets),
                        run.module());
            }
        });
    }

    /** What to tell an operator who looks at the module. */
    public List<String> warnings(String module) {
        List<String> names = known.stream()
                .filter(stray -> stray.module().equals(module) && stray.isAlive())
                .map(stray -> stray.name(secrets))
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

    private List<String> newStrays(RunAncestry lineage, RunAncestry.Ended run) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        List<String> names = new ArrayList<>();
        for (Thread thread : offspring.of(lineage)) {
            if (isNew(thread) && goesOn(thread, deadlineNs)) {
                known.add(new Stray(new WeakReference<>(thread), run.module(), run.job()));
                names.add(nameOf(thread, secrets));
            }
        }
        return names;
    }

    private boolean isNew(Thread thread) {
        return !JvmThreads.has(thread) && known.stream().noneMatch(stray -> stray.is(thread));
    }

    private static boolean goesOn(Thread thread, long deadlineNs) {
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            } catch (
                    InterruptedException
                            e) { // by a thread of the module: nobody else interrupts now, and nothing is to end
                return thread.isAlive();
            }
        }
        return thread.isAlive();
    }
}
