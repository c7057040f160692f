package dev.pawl.store.sqlite.upkeep;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.StoreUpkeep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes jobs once they ended as long ago as the settings say. Owns one thread, which looks every ten minutes. */
@Component(
        service = {},
        immediate = true)
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final long END_PATIENCE_S = 10;

    private final StoreUpkeep upkeep;
    private final TrustedTime time;
    private final RetentionSettings settings;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(null, work, "pawl-retention", 0, false);
        made.setDaemon(true);
        return made;
    });
    private boolean failing;

    /** Reads its settings from the framework's properties. */
    @Activate
    public Retention(@Reference StoreUpkeep upkeep, @Reference InstantSource clock, BundleContext context) {
        this(upkeep, new TrustedTime(clock, System::nanoTime), RetentionSettings.of(context::getProperty));
        start(FIRST, PERIOD);
    }

    Retention(StoreUpkeep upkeep, TrustedTime time, RetentionSettings settings) {
        this.upkeep = upkeep;
        this.time = time;
        this.settings = settings;
    }

    void start(Duration first, Duration period) {
        var unused =
                thread.scheduleWithFixedDelay(this::attempt, first.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits until it has let go of the store. */
    @Deactivate
    public void stop() {
        thread.shutdownNow();
        awaitEnd(thread);
    }

    /** Removes what is too old now. */
    PurgeReport look() {
        Instant now = time.now();
        Map<JobStatus, Instant> endedBefore = new EnumMap<>(JobStatus.class);
        settings.kept().forEach((status, kept) -> endedBefore.put(status, now.minus(kept)));
        return upkeep.purge(new PurgeRequest(endedBefore, false));
    }

    private void attempt() {
        try {
            PurgeReport report = look();
            failing = false;
            if (report.total() > 0) {
                LOG.info("Removed {} jobs that ended longer ago than they are kept: {}", report.total(), report.jobs());
            }
        } catch (RuntimeException | Error e) { // periodic work that throws would not come again
            if (!failing && !thread.isShutdown()) {
                LOG.warn("Old jobs cannot be removed at present: {}", e.toString());
            }
            failing = true;
        }
    }

    private static void awaitEnd(ExecutorService ending) {
        try {
            if (!ending.awaitTermination(END_PATIENCE_S, TimeUnit.SECONDS)) {
                LOG.warn("The removal of old jobs goes on while the store closes; it ends with it.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
