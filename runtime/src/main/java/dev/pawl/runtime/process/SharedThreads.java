package dev.pawl.runtime.process;

import java.lang.reflect.Field;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the JDK that all its users share and that begin with the first, whose class loader and access rights they inherit
 * for as long as they live: they are begun here, so that no version of a module is the one they keep.
 */
public final class SharedThreads {

    /** The first Java whose threads that await processes inherit nothing. */
    private static final int FIRST_WITHOUT_HEIRS = 21;

    private SharedThreads() {}

    /** Begins what does not end by itself, and has the rest made by {@link PlainThreads}. */
    public static void begin() {
        System.setProperty("java.nio.channels.DefaultThreadPool.threadFactory", PlainThreads.class.getName());
        CompletableFuture.delayedExecutor(1, TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {});
        if (Runtime.version().feature() < FIRST_WITHOUT_HEIRS) {
            replaceReapers();
        }
    }

    /** They come and go with the processes that modules start, so beginning one would not do. */
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
            log.debug("Threads that await processes keep the class loader that began them.", otherJdk);
        }
    }
}
