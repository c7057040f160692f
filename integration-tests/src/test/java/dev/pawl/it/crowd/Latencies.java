package dev.pawl.it.crowd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The latencies of many answers. Safe for use by several threads. */
final class Latencies {

    private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

    void add(long took) {
        nanos.add(took);
    }

    int count() {
        return nanos.size();
    }

    /** The quantile of the latencies in milliseconds; 1 gives the longest. */
    double millis(double part) {
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
