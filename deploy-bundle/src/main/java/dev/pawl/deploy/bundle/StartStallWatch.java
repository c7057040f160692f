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
 * Looks, when the server's start takes too long, whether code of a module holds it up. That code runs on the framework's own thread when
 * it waits for a service which a later bundle brings: a component that is activated then. It is interrupted, and when it does not heed
 * that, nothing can be done for this start.
 */
public final class StartStallWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartStallWatch.class);
    private static final String FRAMEWORK = "org.apache.felix.framework.";
    private static final String COMPONENTS = "org.apache.felix.scr.";
    private static final String START = "startBundle";

    private final Duration limit;
    private final Supplier<List<Bundle>> modules;
    private final Consumer<Held> hopeless;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pawl-start-guard");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A start that is held up.
     *
     * @param where the class and method of the module
     */
    public record Held(Thread thread, Bundle bundle, String where) {}

    /**
     * Begins to guard.
     *
     * @param limit how long what is left of the start may take
     * @param hopeless is told when the start cannot go on
     */
    public StartStallWatch(Duration limit, Supplier<List<Bundle>> modules, Consumer<Held> hopeless) {
        this.limit = limit;
        this.modules = modules;
        this.hopeless = hopeless;
        afterwards(limit, this::look);
    }

    /** The start is over. */
    @Override
    public void close() {
        alarm.shutdownNow();
    }

    private void afterwards(Duration time, Runnable deed) {
        var unused = alarm.schedule(deed, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Optional<Held> held = held();
        if (held.isEmpty()) {
            afterwards(limit, this::look);
            return;
        }
        LOG.error(
                "Bundle {} holds the server's start up in {}, and is interrupted.",
                ModuleBundles.name(held.get().bundle()),
                held.get().where());
        held.get().thread().interrupt();
        afterwards(TimedBundleCalls.AFTER_INTERRUPT, () -> judge(held.get()));
    }

    private void judge(Held before) {
        Optional<Held> still = held().filter(held -> held.bundle().equals(before.bundle()));
        if (still.isEmpty()) {
            afterwards(limit, this::look);
            return;
        }
        try {
            hopeless.accept(still.get());
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

    /** Whose code is called by the framework, or by the component runtime, at present. */
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
