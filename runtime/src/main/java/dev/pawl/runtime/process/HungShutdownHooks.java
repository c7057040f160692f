package dev.pawl.runtime.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleReference;
import org.slf4j.LoggerFactory;

/**
 * Handles shutdown hooks of modules that do not return: the JVM waits for each without a limit. Once the server has stopped nothing is lost
 * without them, so they are logged and the process is halted.
 */
public final class HungShutdownHooks {

    /** The time limit of the hooks. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int FRAMES = 5;

    private final AtomicBoolean begun = new AtomicBoolean();

    /**
     * Halts the process when it has not ended by itself within the limit. Should be called before the hooks begin, when their threads can
     * still be distinguished from others; a second call does nothing.
     *
     * @param exitCode the exit code of the process
     */
    public void haltAfterTheLimit(int exitCode) {
        if (begun.getAndSet(true)) {
            return;
        }
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        Thread thread = new Thread(() -> halt(exitCode, before), "pawl-halt");
        thread.setDaemon(true);
        thread.start();
    }

    private static void halt(int exitCode, Set<Thread> before) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        try {
            for (String hook : hooks(before)) {
                LoggerFactory.getLogger(HungShutdownHooks.class)
                        .error("{} did not end within {} s; the process ends without it.", hook, LIMIT.toSeconds());
            }
        } finally {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static List<String> hooks(Set<Thread> before) {
        List<String> hooks = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            Optional<Bundle> bundle = bundle(thread);
            boolean came = !before.contains(thread) && !thread.getName().startsWith("pawl-");
            if (came && entry.getValue().length > 0) {
                hooks.add("The shutdown hook \"" + thread.getName() + "\" (class "
                        + thread.getClass().getName() + ") of "
                        + bundle.map(of -> "bundle " + of.getSymbolicName() + " " + of.getVersion())
                                .orElse("an unknown bundle")
                        + ", which is at "
                        + String.join(
                                " < ",
                                Arrays.stream(entry.getValue())
                                        .limit(FRAMES)
                                        .map(StackTraceElement::toString)
                                        .toList())
                        + ",");
            }
        }
        return hooks;
    }

    private static Optional<Bundle> bundle(Thread thread) {
        return bundle(thread.getClass().getClassLoader()).or(() -> bundle(thread.getContextClassLoader()));
    }

    private static Optional<Bundle> bundle(@Nullable ClassLoader loader) {
        return loader instanceof BundleReference of ? Optional.ofNullable(of.getBundle()) : Optional.empty();
    }
}
