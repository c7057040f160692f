package dev.pawl.it.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The latencies of many answers. Safe for use by several threads. */
public final class Latencies {

    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    /** Adds one, in nanoseconds. */
    public void add(long took) {
        nanos.add(took);
    }

    /** The number of answers. */
    public int count() {
        return nanos.size();
    }

    /** The quantile of the latencies in milliseconds; 1 gives the longest. */
    public double millis(double part) {
        List<Long> sorted = new ArrayList<>(List.copyOf(nanos));
        if (sorted.isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size())) / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                "%d, median %.1f ms, 99 %% within %.1f ms, the longest %.1f ms",
                count(), millis(0.5), millis(0.99), millis(1));
    }
}
