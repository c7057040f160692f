package dev.pawl.scheduler.feed;

import dev.pawl.service.job.LogEntry;
import dev.pawl.service.store.JobStore;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The log of a job that has followers, and what one of them has found out for all: pages, how far the log reaches, and whether its job has
 * ended. Each is found out once after a change of the job. Safe for many threads.
 */
final class FollowedLog {

    /** Entries of a page before their length is known, or while others read long pages: at most 1.6 Mi characters. */
    private static final int FEW_ENTRIES = 25;

    private static final int FEWEST_ENTRIES = 4;
    private static final int MOST_ENTRIES = 256;

    /** The weight that a page should have: about two windows of a slow follower, which reads it again when it was dropped meanwhile. */
    private static final long PAGE_WEIGHT = 64L << 10;

    /** Characters of a page, exceeded by at most one entry. */
    private static final long MOST_CHARACTERS = 256L << 10;

    /** Followers that are told of a change one by one at once, which saves a hand-over between threads. */
    private static final int FEW_FOLLOWERS = 4;

    /** Places of the log that can be read at the same time. */
    private static final int PLACES = 8;

    private static final Reach UNKNOWN = new Reach(0, -1);

    private final UUID job;
    private final JobStore store;
    private final LogPages pages;
    private final Semaphore longReads;
    private final FeedThreads threads;
    private final Set<LogFollower> followers = ConcurrentHashMap.newKeySet();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final Object ending = new Object();
    private final Object[] places = Stream.generate(Object::new).limit(PLACES).toArray();
    private volatile Reach reach = UNKNOWN;
    private volatile int entries = FEW_ENTRIES;
    private volatile boolean ended;
    private volatile long activeAtChange = -1;

    FollowedLog(UUID job, JobStore store, LogPages pages, Semaphore longReads, FeedThreads threads) {
        this.job = job;
        this.store = store;
        this.pages = pages;
        this.longReads = longReads;
        this.threads = threads;
    }

    /**
     * The end of the log.
     *
     * @param sequence the number of its last entry, or a greater one
     * @param change the number of changes that were known before it was read
     */
    private record Reach(long sequence, long change) {}

    UUID job() {
        return job;
    }

    void add(LogFollower follower) {
        followers.add(follower);
    }

    /** Removes a follower; returns whether none is left. */
    boolean isLeftBy(LogFollower follower) {
        followers.remove(follower);
        return followers.isEmpty();
    }

    /** Tells the followers that something of the job is on disk that was not before. Takes no longer when they are many. */
    void changed() {
        changes.incrementAndGet();
        if (followers.size() <= FEW_FOLLOWERS) {
            followers.forEach(LogFollower::signal);
        } else if (!telling.getAndSet(true)) {
            try {
                threads.execute(this::tell);
            } catch (RejectedExecutionException e) {
                telling.set(false); // the scheduler has gone, and has told each of them
            }
        }
    }

    private void tell() {
        telling.set(false); // before the first is told, so that a later change tells all of them again
        followers.forEach(LogFollower::signal);
    }

    /** Makes each follower end after the entries that there are. */
    void finish() {
        changes.incrementAndGet();
        followers.forEach(LogFollower::finish);
    }

    /** Whether the job has ended. The log reaches no further then; only entries that are read after this was asked are its last ones. */
    boolean hasEnded() {
        if (ended || activeAtChange == changes.get()) {
            return ended;
        }
        synchronized (ending) {
            long change = changes.get();
            if (!ended && activeAtChange != change) {
                boolean over = store.find(job)
                        .map(found -> found.state().status().isFinal())
                        .orElse(true);
                if (over) {
                    changes.incrementAndGet(); // the end that was read before may lack the last entries
                    ended = true;
                } else {
                    activeAtChange = change;
                }
            }
            return ended;
        }
    }

    /** Whether there is no entry after the sequence number, as far as changes are known. */
    boolean endsAt(long sequence) {
        Reach known = reach;
        return known.change() == changes.get() && sequence >= known.sequence();
    }

    /** Entries after the sequence number; none when it {@linkplain #endsAt ends} there. */
    List<LogEntry> after(long sequence) {
        List<LogEntry> present = pages.after(job, sequence);
        if (!present.isEmpty() || endsAt(sequence)) {
            return present;
        }
        synchronized (
                places[place(sequence)]) { // others that want the same wait for this read instead of doing it again
            present = pages.after(job, sequence);
            return present.isEmpty() && !endsAt(sequence) ? read(sequence) : present;
        }
    }

    private static int place(long sequence) {
        return Math.floorMod(Long.hashCode(sequence * 0x9E3779B97F4A7C15L), PLACES);
    }

    private List<LogEntry> read(long sequence) {
        long change = changes.get();
        int wanted = entries;
        boolean isLong = wanted > FEW_ENTRIES && longReads.tryAcquire();
        int limit = isLong ? wanted : Math.min(wanted, FEW_ENTRIES);
        try {
            List<LogEntry> all = store.logsAfter(job, sequence, limit);
            List<LogEntry> kept = beginning(all);
            if (!kept.isEmpty()) {
                LogPage page = new LogPage(sequence, kept);
                entries = Math.max(
                        FEWEST_ENTRIES, (int) Math.min(MOST_ENTRIES, PAGE_WEIGHT * kept.size() / page.weight()));
                pages.add(job, page);
            }
            if (kept.size() == all.size() && all.size() < limit) {
                reach = new Reach(
                        kept.isEmpty() ? sequence : kept.get(kept.size() - 1).sequence(), change);
            }
            return kept;
        } finally {
            if (isLong) {
                longReads.release();
            }
        }
    }

    /** The first entries, as many as a page may hold. */
    private static List<LogEntry> beginning(List<LogEntry> entries) {
        long characters = 0;
        int kept = 0;
        while (kept < entries.size() && characters < MOST_CHARACTERS) {
            characters += entries.get(kept++).message().length();
        }
        return kept == entries.size() ? entries : List.copyOf(entries.subList(0, kept));
    }
}
