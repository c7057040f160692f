package dev.pawl.service.metric;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts values by fixed ranges. Recording a value adds to two counters, allocates nothing and never waits, so that it may stand on the
 * path of every job. Safe for many threads.
 */
public final class Histogram {

    private static final double NANOS = 1e9;

    private final long[] bounds;
    private final double unit;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Histogram(double unit, long... bounds) {
        this.unit = unit;
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** A histogram of durations, which are recorded in nanoseconds and reported in seconds: from 100 µs to 10 s. */
    public static Histogram ofShortTimes() {
        return new Histogram(
                NANOS,
                100_000L,
                250_000L,
                500_000L,
                1_000_000L,
                2_500_000L,
                5_000_000L,
                10_000_000L,
                25_000_000L,
                50_000_000L,
                100_000_000L,
                250_000_000L,
                500_000_000L,
                1_000_000_000L,
                2_500_000_000L,
                10_000_000_000L);
    }

    /** A histogram of durations, which are recorded in nanoseconds and reported in seconds: from 1 ms to a day. */
    public static Histogram ofLongTimes() {
        return new Histogram(
                NANOS,
                1_000_000L,
                5_000_000L,
                25_000_000L,
                100_000_000L,
                500_000_000L,
                1_000_000_000L,
                5_000_000_000L,
                15_000_000_000L,
                60_000_000_000L,
                300_000_000_000L,
                900_000_000_000L,
                3_600_000_000_000L,
                21_600_000_000_000L,
                86_400_000_000_000L);
    }

    /** A histogram of numbers of things: from 1 to 1,000. */
    public static Histogram ofNumbers() {
        return new Histogram(1, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000);
    }

    /** Records a value; one below zero, as after a clock was set back, counts as zero. */
    public void record(long value) {
        long counted = Math.max(0, value);
        int range = 0;
        while (range < bounds.length && counted > bounds[range]) {
            range++;
        }
        counts[range].increment();
        sum.add(counted);
    }

    /** The numbers of values so far. While values are being recorded, the sum may be ahead of the numbers by a few of them. */
    public Counts counts() {
        double[] upperBounds = new double[counts.length];
        long[] numbers = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            upperBounds[i] = i < bounds.length ? bounds[i] / unit : Double.POSITIVE_INFINITY;
            numbers[i] = counts[i].sum();
        }
        return new Counts(upperBounds, numbers, sum.sum() / unit);
    }

    /** The state of a histogram at a moment. */
    public static final class Counts {

        private final double[] upperBounds;
        private final long[] numbers;
        private final double sum;

        private Counts(double[] upperBounds, long[] numbers, double sum) {
            this.upperBounds = upperBounds;
            this.numbers = numbers;
            this.sum = sum;
        }

        /** The upper bounds of the ranges, ascending, each inclusive; the last one is infinite. */
        public double[] upperBounds() {
            return upperBounds.clone();
        }

        /** The number of values in each range, without those of the ranges below. */
        public long[] numbers() {
            return numbers.clone();
        }

        /** The sum of all values. */
        public double sum() {
            return sum;
        }
    }
}
