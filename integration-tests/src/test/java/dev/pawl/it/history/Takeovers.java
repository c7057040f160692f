package dev.pawl.it.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The times from the end of a server to the next claims of the jobs that it ran. */
public final class Takeovers {

    private final List<Long> times = new ArrayList<>();

    /**
     * Adds those of a server.
     *
     * @param at when it ended, in microseconds
     */
    public void add(History history, long owner, long at) {
        Map<Long, Move> open = new HashMap<>();
        for (Move move : history.moves()) {
            if (move.at() <= at && move.isOfRun() && move.owner() == owner) {
                if (move.kind() == Move.Kind.DELETE) {
                    open.remove(move.job());
                } else {
                    open.put(move.job(), move);
                }
            } else if (move.at() > at && move.isOfRun() && move.owner() != owner && open.containsKey(move.job())) {
                if (move.kind() != Move.Kind.DELETE) {
                    open.remove(move.job());
                    times.add(move.at() - at);
                }
            } else if (move.at() > at && move.isOfRun() && move.owner() == owner && move.kind() == Move.Kind.UPDATE) {
                open.put(move.job(), move);
            } else if (move.place() == Move.Place.ENDED) {
                open.remove(move.job()); // it ended there after all
            }
        }
    }

    /** The number of jobs. */
    public int size() {
        return times.size();
    }

    /** The median, in milliseconds; 0 when there is none. */
    public long medianMs() {
        List<Long> sorted = times.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2) / 1_000;
    }

    /** The longest, in milliseconds; 0 when there is none. */
    public long longestMs() {
        return times.stream().mapToLong(time -> time / 1_000).max().orElse(0);
    }

    @Override
    public String toString() {
        return size() + " jobs, p50 " + medianMs() + " ms, max " + longestMs() + " ms";
    }
}
