package dev.pawl.runtime.process;

import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the threads that the JDK shares between all users. Each starts at the first use and retains that user's class loader and access
 * control context for its whole life; they are started here, so that they never retain a version of a module.
 */
public final class SharedThreads {

    /** The first Java version in which the threads that await processes inherit nothing. */
    private static final int FIRST_WITHOUT_HEIRS = 21;

    private SharedThreads() {}

    /** Starts the threads that never end, and lets {@link PlainThreads} create the others. */
    public static void begin() {
        System.setProperty("java.nio.channels.DefaultThreadPool.threadFactory", PlainThreads.class.getName());
        CompletableFuture.delayedExecutor(1, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {});
        if (Runtime.version().feature() < FIRST_WITHOUT_HEIRS) {
            replaceReapers();
        }
    }

    /**
     * Replaces the factory of the threads that await processes: they are created for processes that modules start, so starting one here
     * would not help.
     */
    private static void replaceReapers() {
        Logger log = LoggerFactory.getLogger(SharedThreads.class);
        try {
            Field pool = Class.forName("java.lang.ProcessHandleImpl").getDeclaredField("processReaperExecutor");
            pool.setAccessible(true); // bin/pawl opens the package
            if (pool.get(null) instanceof ThreadPoolExecutor reapers) {
                ThreadFactory plain = new PlainThreads();
                reapers.setThreadFactory(work -> {
                    Thread thread = plain.newThread(work);
                    thread.setName("process reaper");
                    return thread;
                });
            }
        } catch (ReflectiveOperationException | RuntimeException otherJdk) {
            log.debug("Threads that await processes retain the class loader that started them.", otherJdk);
        }
    }
}
