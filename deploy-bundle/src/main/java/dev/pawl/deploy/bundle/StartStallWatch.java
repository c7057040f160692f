package dev.pawl.deploy.bundle;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, when the server's start takes too long, whether a module's code blocks it. Such code runs on the framework's own thread when a
 * component waited for a service of a later bundle and is activated by its registration. The code is interrupted; when it ignores that,
 * this start cannot be saved.
 */
public final class StartStallWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartStallWatch.class);
    private static final String FRAMEWORK = "org.apache.felix.framework.";
    private static final String COMPONENTS = "org.apache.felix.scr.";
    private static final String START = "startBundle";

    private final Duration limit;
    private final Supplier<List<Bundle>> modules;
    private final Consumer<Held> onBlocked;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pawl-start-guard");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A blocked start.
     *
     * @param where the module's class and method
     */
    public record Held(Thread thread, Bundle bundle, String where) {}

    /**
     * Starts the watch.
     *
     * @param limit the time limit for the rest of the start
     * @param onBlocked called when the start cannot continue
     */
    public StartStallWatch(Duration limit, Supplier<List<Bundle>> modules, Consumer<Held> onBlocked) {
        this.limit = limit;
        this.modules = modules;
        this.onBlocked = onBlocked;
        after(limit, this::look);
    }

    /** Ends the watch; the start is over. */
    @Override
    public void close() {
        alarm.shutdownNow();
    }

    private void after(Duration time, Runnable action) {
        var unused = alarm.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Optional<Held> held = held();
        if (held.isEmpty()) {
            after(limit, this::look);
            return;
        }
        LOG.error(
                "Bundle {} blocks the server's start in {}, and is interrupted.",
                ModuleBundles.name(held.get().bundle()),
                held.get().where());
        held.get().thread().interrupt();
        after(TimedBundleCalls.AFTER_INTERRUPT, () -> checkAgain(held.get()));
    }

    private void checkAgain(Held before) {
        Optional<Held> still = held().filter(held -> held.bundle().equals(before.bundle()));
        if (still.isEmpty()) {
            after(limit, this::look);
            return;
        }
        try {
            onBlocked.accept(still.get());
        } catch (RuntimeException e) {
            LOG.error("Bundle {} keeps the server from starting.", ModuleBundles.name(before.bundle()), e);
        }
    }

    private Optional<Held> held() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> !TimedBundleCalls.isOurs(entry.getKey()) && isStarting(entry.getValue()))
                .flatMap(entry -> held(entry).stream())
                .findFirst();
    }

    private static boolean isStarting(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getMethodName().equals(START)
                        && frame.getClassName().startsWith(FRAMEWORK));
    }

    /** The module whose code is being called by the framework or by the component runtime. */
    private Optional<Held> held(Map.Entry<Thread, StackTraceElement[]> entry) {
        return Arrays.stream(entry.getValue())
                .takeWhile(frame -> !frame.getClassName().startsWith(FRAMEWORK)
                        && !frame.getClassName().startsWith(COMPONENTS))
                .flatMap(frame -> modules.get().stream()
                        .filter(bundle -> holds(bundle, frame.getClassName()))
                        .map(bundle ->
                                new Held(entry.getKey(), bundle, frame.getClassName() + "." + frame.getMethodName())))
                .findFirst();
    }

    private static boolean holds(Bundle bundle, String type) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        int dot = type.lastIndexOf('.');
        return wiring != null
                && dot > 0
                && !wiring.listResources(
                                type.substring(0, dot).replace('.', '/'),
                                type.substring(dot + 1) + ".class",
                                BundleWiring.LISTRESOURCES_LOCAL)
                        .isEmpty();
    }
}
