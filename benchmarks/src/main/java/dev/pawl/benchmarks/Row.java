package dev.pawl.benchmarks;

import java.util.Locale;

/**
 * A line of the report.
 *
 * @param what the thing measured
 * @param settings sizes, clients, slots and whatever else the figure depends on
 * @param runs how often it was measured
 * @param figure the median with its unit
 * @param range the least and the most; empty for a single run
 * @param ratio to a peer of the same run, with its name; empty without one
 * @param budget the bound and whether it is met; empty without one
 */
record Row(String what, String settings, int runs, String figure, String range, String ratio, String budget) {

    /** A row of a sample with its unit, without a peer and a budget. */
    static Row of(String what, String settings, Sample sample, String unit) {
        String range = sample.size() == 1 ? "" : number(sample.least()) + " to " + number(sample.most());
        return new Row(what, settings, sample.size(), number(sample.median()) + " " + unit, range, "", "");
    }

    /** A row of one percentile of a sample of milliseconds. */
    static Row percentile(String what, String settings, Sample sample, double share) {
        String name = String.format(Locale.ROOT, "%s p%s", what, number(share * 100));
        return new Row(name, settings, sample.size(), number(sample.percentile(share)) + " ms", "", "", "");
    }

    /** A row of something that was not measured, with the reason. */
    static Row skipped(String what, String reason) {
        return new Row(what, reason, 0, "skipped", "", "", "");
    }

    /** The same with the ratio to a peer. */
    Row against(String peer, double ratio) {
        return new Row(what, settings, runs, figure, range, number(ratio) + " × " + peer, budget);
    }

    /** The same with a bound that the value must not exceed. */
    Row atMost(double bound, String unit, double value) {
        return withBudget("≤ " + number(bound) + unit, value <= bound);
    }

    /** The same with a bound that the value must reach. */
    Row atLeast(double bound, String unit, double value) {
        return withBudget("≥ " + number(bound) + unit, value >= bound);
    }

    private Row withBudget(String bound, boolean isMet) {
        return new Row(what, settings, runs, figure, range, ratio, bound + (isMet ? ", met" : ", **missed**"));
    }

    /** A number with three digits, or all of those before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
