package dev.pawl.testkit.fake;

import dev.pawl.service.metric.Histogram;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The report of one source, by name and labels, such as {@code pawl_jobs{status=failed}}; of a histogram the number of its values. */
public final class RecordedMetrics implements MetricSink {

    private final Map<String, Double> values = new TreeMap<>();

    /** Asks a source. */
    public static RecordedMetrics of(MetricSource source) {
        var recorded = new RecordedMetrics();
        source.collect(recorded);
        return recorded;
    }

    /** A value; fails when it was not reported. */
    public double value(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new AssertionError(key + " is not among " + values);
        }
        return value;
    }

    /** All values by name and labels. */
    public Map<String, Double> all() {
        return Map.copyOf(values);
    }

    @Override
    public void counter(String name, String help, long value, Label... labels) {
        add(name, (double) value, labels);
    }

    @Override
    public void gauge(String name, String help, double value, Label... labels) {
        add(name, value, labels);
    }

    @Override
    public void histogram(String name, String help, Histogram.Counts counts, Label... labels) {
        add(name, (double) LongStream.of(counts.numbers()).sum(), labels);
    }

    private void add(String name, double value, Label... labels) {
        String shown = Arrays.stream(labels)
                .map(label -> label.name() + "=" + label.value())
                .collect(Collectors.joining(","));
        String key = shown.isEmpty() ? name : name + "{" + shown + "}";
        if (values.put(key, value) != null) {
            throw new AssertionError(key + " is reported twice");
        }
    }
}
