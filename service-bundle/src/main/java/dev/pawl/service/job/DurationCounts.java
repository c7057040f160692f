package dev.pawl.service.job;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts of durations by ranges, of which each ends a quarter of an octave, 19 %, above its beginning: enough for a median that is wrong by a
 * tenth at most. Immutable.
 */
public final class DurationCounts {

    /** The number of ranges: the last one has everything longer than half a year. */
    public static final int RANGES = 176;

    /** No durations. */
    public static final DurationCounts NONE = new DurationCounts(new TreeMap<>());

    private static final int PER_OCTAVE = 4;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private final NavigableMap<Integer, Long> counts;

    private DurationCounts(NavigableMap<Integer, Long> counts) {
        this.counts = counts;
    }

    /** The numbers of durations by their range, 0 to {@value #RANGES} (exclusive). */
    public static DurationCounts of(Map<Integer, Long> counts) {
        return counts.isEmpty() ? NONE : new DurationCounts(new TreeMap<>(counts));
    }

    /** The range of a duration; one below zero, as after a clock was set back, counts as zero. */
    public static int range(Duration duration) {
        double micros = duration.toSeconds() * MICROS_PER_SECOND + (double) duration.toNanosPart() / NANOS_PER_MICRO;
        int range = micros < 1 ? 0 : (int) (PER_OCTAVE * Math.log(micros) / Math.log(2));
        return Math.min(range, RANGES - 1);
    }

    /** These and others. */
    public DurationCounts plus(DurationCounts others) {
        if (counts.isEmpty()) {
            return others;
        }
        NavigableMap<Integer, Long> sum = new TreeMap<>(counts);
        others.counts.forEach((range, count) -> sum.merge(range, count, Long::sum));
        return new DurationCounts(sum);
    }

    /** The numbers by range; ranges without a duration are left out. */
    public Map<Integer, Long> byRange() {
        return Map.copyOf(counts);
    }

    /** The duration that half of them exceed; empty when there are none. */
    public Optional<Duration> median() {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long seen = 0;
        for (Map.Entry<Integer, Long> each : counts.entrySet()) {
            seen += each.getValue();
            if (2 * seen >= all) {
                return Optional.of(middle(each.getKey()));
            }
        }
        return Optional.empty();
    }

    private static Duration middle(int range) {
        return Duration.ofNanos((long) (NANOS_PER_MICRO * Math.pow(2, (range + 0.5) / PER_OCTAVE)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurationCounts that && counts.equals(that.counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
