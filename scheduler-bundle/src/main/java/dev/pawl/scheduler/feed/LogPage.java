package dev.pawl.scheduler.feed;

import dev.pawl.service.job.LogEntry;
import java.util.List;

/** Entries of a log that were read at once: all those that follow a sequence number, up to the last one here. */
final class LogPage {

    /** The memory of an entry beside its text, in characters. */
    static final int ENTRY = 100;

    private final long after;
    private final List<LogEntry> entries;
    private final long weight;

    /**
     * Keeps entries, at least one.
     *
     * @param after the sequence number that they follow
     */
    LogPage(long after, List<LogEntry> entries) {
        this.after = after;
        this.entries = entries;
        this.weight = entries.stream()
                .mapToLong(entry -> ENTRY + entry.message().length())
                .sum();
    }

    /** The sequence number that its entries follow. */
    long after() {
        return after;
    }

    /** The sequence number of its last entry. */
    long last() {
        return entries.get(entries.size() - 1).sequence();
    }

    /** Its memory in characters, about. */
    long weight() {
        return weight;
    }

    int size() {
        return entries.size();
    }

    /** Its entries after a sequence number; gaps, as where a log was shortened, do not matter. */
    List<LogEntry> after(long sequence) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries.get(middle).sequence() > sequence) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return entries.subList(low, entries.size());
    }
}
