package dev.pawl.service.metric;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The receiver of measurements of one scrape. Names follow the conventions of Prometheus: snake case, the base unit at the end, a counter
 * ends with {@code _total}. All values of a name come with the same help and the same label names. Used by one thread.
 */
@ProviderType
public interface MetricSink {

    /** Reports a number that only grows while the server runs; the name ends with {@code _total}. */
    void counter(String name, String help, long value, Label... labels);

    /** Reports a number as it is now. */
    void gauge(String name, String help, double value, Label... labels);

    /** Reports a whole number as it is now. */
    default void gauge(String name, String help, long value, Label... labels) {
        gauge(name, help, (double) value, labels);
    }

    /** Reports how values were distributed since the server was started. */
    void histogram(String name, String help, Histogram.Counts counts, Label... labels);
}
