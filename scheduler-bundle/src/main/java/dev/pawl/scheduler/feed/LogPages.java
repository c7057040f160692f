package dev.pawl.scheduler.feed;

import dev.pawl.service.job.LogEntry;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The pages of followed logs that were used last, for every follower that comes to the same place. Their sum is bounded: those that were
 * not used for longest are dropped first. Safe for many threads.
 */
final class LogPages {

    private final long most;
    private final Map<UUID, NavigableMap<Long, LogPage>> byJob = new HashMap<>();
    private final Map<LogPage, UUID> longestUnusedFirst = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /**
     * Creates an instance without pages.
     *
     * @param most the greatest sum of their weights
     */
    LogPages(long most) {
        this.most = most;
    }

    /** The entries after a sequence number, as far as they are here; none when the next one is not. */
    synchronized List<LogEntry> after(UUID job, long sequence) {
        NavigableMap<Long, LogPage> pages = byJob.get(job);
        Map.Entry<Long, LogPage> place = pages == null ? null : pages.floorEntry(sequence);
        if (place == null || place.getValue().last() <= sequence) {
            return List.of();
        }
        LogPage page = place.getValue();
        longestUnusedFirst.get(page); // uses it
        return page.after(sequence);
    }

    /** Adds a page, in place of an older one that begins at the same sequence number. */
    synchronized void add(UUID job, LogPage page) {
        LogPage older = byJob.computeIfAbsent(job, id -> new TreeMap<>()).put(page.after(), page);
        if (older != null) {
            longestUnusedFirst.remove(older);
            weight -= older.weight();
        }
        longestUnusedFirst.put(page, job);
        weight += page.weight();
        Iterator<Map.Entry<LogPage, UUID>> unused =
                longestUnusedFirst.entrySet().iterator();
        while (weight > most) {
            Map.Entry<LogPage, UUID> dropped = unused.next();
            unused.remove();
            weight -= dropped.getKey().weight();
            byJob.computeIfPresent(dropped.getValue(), (id, pages) -> {
                pages.remove(dropped.getKey().after());
                return pages.isEmpty() ? null : pages;
            });
        }
    }

    /** Drops the pages of a job. */
    synchronized void drop(UUID job) {
        NavigableMap<Long, LogPage> pages = byJob.remove(job);
        if (pages != null) {
            for (LogPage page : pages.values()) {
                longestUnusedFirst.remove(page);
                weight -= page.weight();
            }
        }
    }

    /** The sum of the weights. */
    synchronized long weight() {
        return weight;
    }
}
