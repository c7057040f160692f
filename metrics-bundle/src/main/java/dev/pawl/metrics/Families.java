package dev.pawl.metrics;

import dev.pawl.service.metric.Histogram;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** The families of measurements of one scrape: all values of one name together, as the formats demand. */
final class Families implements MetricSink {

    private static final String TOTAL = "_total";

    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();
    private final MetricSnapshots.Builder all = MetricSnapshots.builder();

    @Override
    public void counter(String name, String help, long value, Label... labels) {
        if (!name.endsWith(TOTAL)) {
            throw new IllegalArgumentException(name + " is the name of a counter, which ends with " + TOTAL + ".");
        }
        String family = name.substring(0, name.length() - TOTAL.length());
        counters.computeIfAbsent(
                        family, key -> CounterSnapshot.builder().name(key).help(help))
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(labels(labels))
                        .value((double) value)
                        .build());
    }

    @Override
    public void gauge(String name, String help, double value, Label... labels) {
        gauges.computeIfAbsent(name, key -> GaugeSnapshot.builder().name(key).help(help))
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(labels(labels))
                        .value(value)
                        .build());
    }

    @Override
    public void histogram(String name, String help, Histogram.Counts counts, Label... labels) {
        histograms
                .computeIfAbsent(
                        name, key -> HistogramSnapshot.builder().name(key).help(help))
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .labels(labels(labels))
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(counts.upperBounds(), counts.numbers()))
                        .sum(counts.sum())
                        .build());
    }

    /** Reports what is running. */
    void info(String name, String help, String version, String java) {
        all.metricSnapshot(InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version, "java", java))
                        .build())
                .build());
    }

    /** All families, and those of others. */
    MetricSnapshots snapshots(MetricSnapshots others) {
        counters.values().forEach(family -> all.metricSnapshot(family.build()));
        gauges.values().forEach(family -> all.metricSnapshot(family.build()));
        histograms.values().forEach(family -> all.metricSnapshot(family.build()));
        others.forEach(all::metricSnapshot);
        return all.build();
    }

    private static Labels labels(Label... labels) {
        Labels.Builder built = Labels.builder();
        for (Label label : labels) {
            built.label(label.name(), label.value());
        }
        return built.build();
    }
}
