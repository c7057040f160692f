package dev.pawl.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Values of one kind, in the order in which they were measured. For use by one thread. */
final class Sample {

    private static final double MEDIAN = 0.5;
    private static final double NANOS_PER_MS = 1e6;

    private final List<Double> values = new ArrayList<>();

    static Sample of(double value) {
        Sample sample = new Sample();
        sample.add(value);
        return sample;
    }

    void add(double value) {
        values.add(value);
    }

    /** Adds a duration, as milliseconds. */
    void addNanos(long nanos) {
        add(nanos / NANOS_PER_MS);
    }

    int size() {
        return values.size();
    }

    double median() {
        return percentile(MEDIAN);
    }

    double least() {
        return percentile(0);
    }

    double most() {
        return percentile(1);
    }

    /** The value below which the given share of all values lies, 0 to 1. */
    double percentile(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
}
