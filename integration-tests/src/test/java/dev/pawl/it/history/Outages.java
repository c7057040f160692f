package dev.pawl.it.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rates at which jobs ended before the database went away, in the first seconds after it was back, and in as many after those. */
public final class Outages {

    private static final long WINDOW_S = 10;
    private static final long WINDOW = WINDOW_S * 1_000_000;

    private final List<Rates> rates = new ArrayList<>();

    /** A time without a database, in microseconds. */
    public record Outage(long from, long until) {}

    private record Rates(long before, long after, long later) {}

    private Outages() {}

    /** Counts the ends around each of them. */
    public static Outages of(History history, List<Outage> all) {
        List<Long> ends = history.moves().stream()
                .filter(move -> move.place() == Move.Place.ENDED && move.kind() == Move.Kind.INSERT)
                .map(Move::at)
                .toList();
        Outages outages = new Outages();
        all.forEach(outage -> outages.rates.add(new Rates(
                count(ends, outage.from() - WINDOW, outage.from()),
                count(ends, outage.until(), outage.until() + WINDOW),
                count(ends, outage.until() + WINDOW, outage.until() + 2 * WINDOW))));
        return outages;
    }

    private static long count(List<Long> ends, long from, long until) {
        return ends.stream().filter(at -> at >= from && at < until).count();
    }

    @Override
    public String toString() {
        long before = rates.stream().mapToLong(Rates::before).sum();
        long after = rates.stream().mapToLong(Rates::after).sum();
        long later = rates.stream().mapToLong(Rates::later).sum();
        return rates.isEmpty()
                ? "no outage of the database"
                : String.format(
                        Locale.ROOT,
                        "%.1f ends a second in the %d s before an outage of the database, %.1f in the %d s after it, then %.1f (%s)",
                        (double) before / rates.size() / WINDOW_S,
                        WINDOW_S,
                        (double) after / rates.size() / WINDOW_S,
                        WINDOW_S,
                        (double) later / rates.size() / WINDOW_S,
                        rates);
    }
}
