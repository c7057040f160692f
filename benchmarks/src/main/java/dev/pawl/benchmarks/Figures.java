package dev.pawl.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects durations of one kind and prints their percentiles. */
final class Figures {

    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private final String name;
    private final List<Long> nanos = new ArrayList<>();

    Figures(String name) {
        this.name = name;
    }

    void add(long durationNanos) {
        nanos.add(durationNanos);
    }

    /** A percentile in milliseconds. */
    double ms(double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int index = (int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size()));
        return sorted.get(index) / 1e6;
    }

    /** Prints a line with the number of durations, the median, the 99th percentile and the maximum. */
    void print() {
        line("%-58s n=%-5d p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms", name, nanos.size(), ms(0.5), ms(0.99), ms(1));
    }

    /** Prints a line, formatted as {@link String#format}. */
    static void line(String format, Object... values) {
        OUT.println(String.format(Locale.ROOT, format, values));
    }
}
