package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.thread.JvmThreads;
import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.scheduler.thread.TaskThread;
import dev.pawl.scheduler.thread.TaskThreadGroups;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the threads that module code runs on: the only place that does. Each version of a module has threads of its own, which go with
 * it, and its thread locals with them. With more slots than {@link #MOST_PLATFORM_THREADS} threads are virtual where the JVM has them.
 * Below that platform threads are better: a module that computes without ever waiting would hold one of the few carriers of virtual
 * threads and stop all other modules.
 */
public final class ModuleThreads implements RunThreads {

    static final int MOST_PLATFORM_THREADS = 256;

    private static final long IDLE_S = 10;
    private static final String NAME = "pawl-task-";

    private static final Logger LOG = LoggerFactory.getLogger(ModuleThreads.class);

    private final ConcurrentHashMap<ModuleVersion, ExecutorService> pools = new ConcurrentHashMap<>();
    private final TaskThreadGroups groups = new TaskThreadGroups();
    private final LeakedThreads leakedThreads;
    private final @Nullable ExecutorService virtual;

    /**
     * Prepares threads.
     *
     * @param slots number of jobs that may run at once
     */
    public ModuleThreads(int slots) {
        JvmThreads.start();
        virtual = slots > MOST_PLATFORM_THREADS ? virtualThreads() : null;
        leakedThreads = virtual == null ? LeakedThreads.in(groups) : LeakedThreads.byInheritance();
    }

    /** The threads that module code starts itself and that outlive its runs. */
    public LeakedThreads leakedThreads() {
        return leakedThreads;
    }

    @Override
    public void start(JobRun run) {
        ModuleVersion only = run.steps().onlyVersion();
        if (virtual != null) {
            virtual.execute(() -> {
                Thread.currentThread()
                        .setName(NAME + run.currentModule() + "-" + run.job().id());
                run.run();
            });
        } else if (only == null) { // several modules: a thread that is not used again
            platform(run, NAME + run.job().id()).start();
        } else {
            pools.computeIfAbsent(only, this::pool).execute(run);
        }
    }

    @Override
    public void forget(ModuleVersion version) {
        ExecutorService pool = pools.remove(version);
        if (pool != null) {
            pool.shutdown();
        }
    }

    @Override
    public void close() {
        pools.keySet().forEach(this::forget);
        if (virtual != null) {
            virtual.shutdown();
        }
    }

    private ExecutorService pool(ModuleVersion version) {
        AtomicInteger made = new AtomicInteger();
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_S,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> platform(work, NAME + version.id() + "-" + made.incrementAndGet()));
    }

    private Thread platform(Runnable work, String name) {
        return new TaskThread(groups, groups.take(), work, name);
    }

    private static @Nullable ExecutorService virtualThreads() {
        try {
            MethodHandle maker = MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class));
            return (ExecutorService) maker.invoke();
        } catch (NoSuchMethodException e) {
            return null; // older than Java 21
        } catch (Throwable t) {
            LOG.warn("The JVM has virtual threads but gives none; platform threads are used.", t);
            return null;
        }
    }
}
