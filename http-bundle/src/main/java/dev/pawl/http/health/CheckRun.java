package dev.pawl.http.health;

import dev.pawl.http.answer.HealthJson.Check;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The run of one health check, and what the one before came to. At most one run of a check is under way. Safe for many threads. */
final class CheckRun {

    /** The time from the beginning of a run for which requests wait for it. */
    private static final Duration MOMENT = Duration.ofMillis(30);

    /** The time for which a result is told without another run, unless the check names one. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Duration LONGEST_FRESH = Duration.ofHours(1);

    /** The time after which a run without a result is a failure, and is interrupted. */
    static final Duration TOO_LONG = Duration.ofSeconds(10);

    private static final int MOST_TAGS = 20;
    private static final int LONGEST_NAME = 200;
    private static final String NAME = "hc.name";
    private static final String TAGS = "hc.tags";
    private static final String FRESH_MS = "hc.resultCacheTtlInMs";

    private final BundleContext context;
    private final ServiceReference<?> reference;
    private @Nullable Future<?> running;
    private CountDownLatch done = new CountDownLatch(0);
    private long beganNs;
    private long endedNs;
    private @Nullable Check last;

    CheckRun(BundleContext context, ServiceReference<?> reference) {
        this.context = context;
        this.reference = reference;
    }

    /** Begins a run, unless one is under way or the last result is not old. */
    synchronized void begin(ExecutorService threads) {
        long now = System.nanoTime();
        if (running != null || (last != null && now - endedNs < fresh().toNanos())) {
            return;
        }
        var end = new CountDownLatch(1);
        try {
            beganNs = now;
            done = end;
            running = threads.submit(() -> run(end));
        } catch (RejectedExecutionException none) { // checks that are gone still hold threads, or the server stops
            running = null;
            done.countDown();
        }
    }

    private void run(CountDownLatch end) {
        Check result = result();
        synchronized (this) {
            last = result;
            endedNs = System.nanoTime();
            running = null;
        }
        end.countDown();
    }

    /** Runs the check; it has a result whatever the check does. */
    private Check result() {
        try {
            Object service = context.getService(reference);
            if (service == null) {
                return failed("The check is gone.");
            }
            try {
                return FelixCheck.executed(reference, service);
            } finally {
                context.ungetService(reference);
            }
        } catch (RuntimeException | Error e) {
            return failed("The check failed: " + e);
        }
    }

    private Check failed(String message) {
        return named(reference, Check.ERROR, List.of(message));
    }

    /** Waits for the run that is under way, until it is no longer young. */
    void awaitMoment() {
        CountDownLatch end;
        long left;
        synchronized (this) {
            end = done;
            left = beganNs + MOMENT.toNanos() - System.nanoTime();
        }
        try {
            boolean unused = end.await(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized Check state() {
        Future<?> present = running;
        long ran = System.nanoTime() - beganNs;
        if (present != null && ran > TOO_LONG.toNanos()) {
            present.cancel(true);
            return failed(
                    "The check has not answered for " + Duration.ofNanos(ran).toSeconds() + " s.");
        }
        Check known = last;
        return known == null ? named(reference, Check.PENDING, List.of("The check has not answered yet.")) : known;
    }

    private Duration fresh() {
        if (!(reference.getProperty(FRESH_MS) instanceof Number ms) || ms.longValue() < 0) {
            return FRESH;
        }
        return Duration.ofMillis(Math.min(ms.longValue(), LONGEST_FRESH.toMillis()));
    }

    /** A state of a check, with the name and the tags that it has as a service. */
    static Check named(ServiceReference<?> reference, String status, List<String> messages) {
        Object name = reference.getProperty(NAME);
        return new Check(
                cut(name instanceof String text && !text.isBlank() ? text : bundle(reference)),
                tags(reference.getProperty(TAGS)),
                status,
                messages.stream().map(CheckRun::cut).toList());
    }

    private static String bundle(ServiceReference<?> reference) {
        return reference.getBundle() == null
                ? "(gone)"
                : String.valueOf(reference.getBundle().getSymbolicName());
    }

    private static List<String> tags(@Nullable Object tags) {
        String[] all = tags instanceof String[] several
                ? several
                : tags instanceof String one ? new String[] {one} : new String[0];
        return Arrays.stream(all).limit(MOST_TAGS).map(CheckRun::cut).toList();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME - 1) + "…";
    }
}
