package dev.pawl.store.postgres;

import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.store.kit.CommitMeasures;
import dev.pawl.store.kit.DiskSpace;
import dev.pawl.store.postgres.job.RefusedClaims.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The measurements of the {@link PostgresStore}. Reads memory alone: numbers of jobs are those of the last look of the thread of the lease. The size
 * of the database is not among them; PostgreSQL finds it by asking for the size of each of its files, and its own exporters tell it.
 */
@Component(service = MetricSource.class)
public final class PostgresMetrics implements MetricSource {

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PostgresStore store;
    private final InstantSource clock;
    private final @Nullable String dataDir;

    /** Measures an open store. */
    @Activate
    public PostgresMetrics(@Reference PostgresStore store, @Reference InstantSource clock, BundleContext context) {
        this(store, clock, context.getProperty("pawl.data.dir"));
    }

    /**
     * Measures an open store.
     *
     * @param clock that of the server
     * @param dataDir the folder of the files that are not in the store; null when there is none
     */
    PostgresMetrics(PostgresStore store, InstantSource clock, @Nullable String dataDir) {
        this.store = store;
        this.clock = clock;
        this.dataDir = dataDir;
    }

    @Override
    public void collect(MetricSink sink) {
        CommitMeasures measures = store.writer().measures();
        boolean isUp = store.writer().trouble().isEmpty() && !store.lease().isAway();
        sink.gauge("pawl_store_up", "Whether the store took its last write, and can be reached.", isUp ? 1 : 0);
        sink.histogram(
                "pawl_store_commit_duration_seconds",
                "Time of a group commit, from its first write until it was on disk.",
                measures.times());
        sink.histogram("pawl_store_commit_writes", "Writes that shared a group commit.", measures.sizes());
        sink.counter(
                "pawl_store_commit_failures_total", "Group commits that could not be written.", measures.failures());
        store.watched()
                .latest()
                .forEach((status, jobs) -> sink.gauge(
                        "pawl_jobs", "Jobs in the store by status.", jobs, new Label("status", status.wireName())));
        sink.gauge(
                "pawl_store_lease_age_seconds",
                "Time since this server last renewed its lease; from 14 on, it takes no jobs.",
                store.lease().age().toNanos() / NANOS);
        sink.counter(
                "pawl_store_lease_losses_total",
                "How often the lease of this server was over, so that its jobs were parked.",
                store.lease().ends());
        for (Reason reason : Reason.values()) {
            sink.counter(
                    "pawl_store_claims_refused_total",
                    "What claims of this server had to leave to others or to later, by reason.",
                    store.work().claims().refused().count(reason),
                    new Label("reason", reason.label()));
        }
        sink.gauge(
                "pawl_store_servers",
                "Servers on the store that have a lease, with this one.",
                store.lease().others() + (store.lease().isHeld() ? 1 : 0));
        store.newsAge()
                .ifPresent(age -> sink.gauge(
                        "pawl_store_news_age_seconds",
                        "Time since this server last read what others did; it looks every two seconds at the latest.",
                        age.toNanos() / NANOS));
        sink.gauge(
                "pawl_store_clock_offset_seconds",
                "How far the clock of the database is ahead of the one of this server.",
                Duration.between(clock.instant(), store.clock().present()).toNanos() / NANOS);
        if (dataDir != null) {
            DiskSpace.report(sink, Path.of(dataDir));
        }
    }
}
