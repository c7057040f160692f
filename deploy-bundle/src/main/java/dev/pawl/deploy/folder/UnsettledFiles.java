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
 * The files that had an event and are still to be told, each with the moment since which it has been quiet. A file settles once it has been
 * quiet for {@link #SETTLE_NS} and is whole; one that is not whole settles after {@link #LONGEST_NS} without an event. Moments are those of
 * a monotonic clock, in nanoseconds. For one thread.
 */
final class UnsettledFiles {

    static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(4);
    static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(3);

    private final Map<Path, Long> quietSince = new HashMap<>();

    /** Notes an event of a file that may still be written. */
    void changed(Path file, long now) {
        quietSince.put(file, now);
    }

    /** Notes a file that appeared, which is told at once if it is whole: then it was moved here. */
    void appeared(Path file, long now) {
        quietSince.put(file, now - SETTLE_NS);
    }

    /** Notes a file that is found changed without an event. */
    void found(Path file, long now) {
        quietSince.putIfAbsent(file, now - SETTLE_NS);
    }

    void clear() {
        quietSince.clear();
    }

    /** Removes and returns the files that have settled. */
    List<Path> takeSettled(long now, Predicate<Path> isWhole) {
        List<Path> settled = new ArrayList<>();
        for (Iterator<Map.Entry<Path, Long>> entries = quietSince.entrySet().iterator(); entries.hasNext(); ) {
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
        for (long since : quietSince.values()) {
            long quiet = now - since;
            left = Math.min(left, (quiet < SETTLE_NS ? SETTLE_NS : LONGEST_NS) - quiet);
        }
        return left;
    }
}
