package dev.pawl.it.history;

import dev.pawl.it.history.History.Lease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The leases of servers at any moment of a history. */
final class LeaseTimes {

    /** The longest time from the look at a lease to the write that rests on it, in microseconds. */
    private static final long READ_BEFORE = 5_000_000;

    private final Map<Long, NavigableMap<Long, Lease>> byOwner = new HashMap<>();

    LeaseTimes(List<Lease> leases) {
        leases.forEach(lease ->
                byOwner.computeIfAbsent(lease.owner(), owner -> new TreeMap<>()).put(lease.n(), lease));
    }

    /** Whether a server had its lease when a move was made. */
    boolean isHeld(long owner, Move move) {
        NavigableMap<Long, Lease> known =
                byOwner.getOrDefault(owner, new TreeMap<>()).headMap(move.n(), false);
        return !known.isEmpty() && known.lastEntry().getValue().until() > move.at();
    }

    /** Whether the lease of a server was over when a move was made, or shortly before, when its transaction may have looked. */
    boolean wasOver(long owner, Move move) {
        NavigableMap<Long, Lease> known =
                byOwner.getOrDefault(owner, new TreeMap<>()).headMap(move.n(), false);
        if (known.isEmpty() || known.lastEntry().getValue().until() <= move.at()) {
            return true;
        }
        Lease renewal = known.lastEntry().getValue();
        Map.Entry<Long, Lease> before = known.lowerEntry(renewal.n());
        return renewal.at() >= move.at() - READ_BEFORE
                && before != null
                && before.getValue().until() <= renewal.at();
    }
}
