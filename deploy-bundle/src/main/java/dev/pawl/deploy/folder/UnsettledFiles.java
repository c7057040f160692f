package dev.pawl.deploy.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The changed files that are not reported yet, each with the time of its last event. A file settles once it has had no event for {@link
 * #SETTLE_NS} and is complete; an incomplete one settles after {@link #LONGEST_NS} without an event. Times are those of a monotonic clock,
 * in nanoseconds. For one thread.
 */
final class UnsettledFiles {

    static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(3);

    private final Map<Path, Long> lastEvents = new HashMap<>();

    /** Notes an event of a file that may still be written. */
    void changed(Path file, long now) {
        lastEvents.put(file, now);
    }

    /** Notes a file that appeared. It is reported at once if it is complete, since then it was moved here. */
    void appeared(Path file, long now) {
        lastEvents.put(file, now - SETTLE_NS);
    }

    /** Notes a file that was found to have changed without an event. */
    void found(Path file, long now) {
        lastEvents.putIfAbsent(file, now - SETTLE_NS);
    }

    void clear() {
        lastEvents.clear();
    }

    /** Removes and returns the files that have settled. */
    List<Path> takeSettled(long now, Predicate<Path> isWhole) {
        List<Path> settled = new ArrayList<>();
        for (Iterator<Map.Entry<Path, Long>> entries = lastEvents.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<Path, Long> entry = entries.next();
            long quiet = now - entry.getValue();
            if (quiet >= LONGEST_NS || (quiet >= SETTLE_NS && isWhole.test(entry.getKey()))) {
                entries.remove();
                settled.add(entry.getKey());
            }
        }
        return settled;
    }

    /** The time until one of them may have settled, in nanoseconds; no longer than {@code most}. */
    long untilNext(long now, long most) {
        long left = most;
        for (long since : lastEvents.values()) {
            long quiet = now - since;
            left = Math.min(left, (quiet < SETTLE_NS ? SETTLE_NS : LONGEST_NS) - quiet);
        }
        return left;
    }
}
