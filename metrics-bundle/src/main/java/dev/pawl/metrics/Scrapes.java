package dev.pawl.metrics;

import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.metric.MetricsPage.Page;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrapes: each asks all sources and the JVM, and writes what they tell in the format that the client accepts. A source that fails is left
 * out and counted; the others are reported all the same. Safe for many threads.
 */
final class Scrapes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scrapes.class);

    /** Creation times of counters are left out: they would double the page. */
    private static final ExpositionFormatWriter TEXT =
            PrometheusTextFormatWriter.builder().build();

    private static final ExpositionFormatWriter OPEN_METRICS =
            OpenMetricsTextFormatWriter.builder().build();

    private final Supplier<List<MetricSource>> sources;
    private final String version;
    private final JvmMeasures jvm = new JvmMeasures();
    private final Runnable end;

    /**
     * Begins to measure the JVM.
     *
     * @param sources returns the sources that there are now
     * @param version the product's version
     */
    Scrapes(Supplier<List<MetricSource>> sources, String version, Runnable end) {
        this.sources = sources;
        this.version = version;
        this.end = end;
    }

    /** Asks the sources that are registered as services at the time of each scrape. */
    static Scrapes in(BundleContext context) {
        var services = new ServiceTracker<MetricSource, MetricSource>(context, MetricSource.class, null);
        services.open();
        String version = context.getProperty("pawl.version");
        return new Scrapes(
                () -> List.copyOf(services.getTracked().values()), version == null ? "0" : version, services::close);
    }

    /** Writes the page of this moment. */
    Page page(@Nullable String accept) {
        ExpositionFormatWriter writer = OPEN_METRICS.accepts(accept) ? OPEN_METRICS : TEXT;
        var text = new ByteArrayOutputStream();
        try {
            writer.write(text, measured(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) { // memory takes every byte
            throw new UncheckedIOException(e);
        }
        return new Page(writer.getContentType(), text.toString(StandardCharsets.UTF_8));
    }

    private MetricSnapshots measured() {
        var families = new Families();
        families.info(
                "pawl_build",
                "The build of this server.",
                version,
                Runtime.version().toString());
        int failed = 0;
        for (MetricSource source : sources.get()) {
            try {
                source.collect(families);
            } catch (RuntimeException | Error e) { // such as one whose part is just being stopped
                failed++;
                LOG.debug("A source of measurements cannot be read", e);
            }
        }
        families.gauge("pawl_scrape_failed_sources", "Parts of the server that could not be measured.", failed);
        return families.snapshots(jvm.snapshots());
    }

    @Override
    public void close() {
        end.run();
        jvm.close();
    }
}
