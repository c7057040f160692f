package dev.pawl.it.history;

import dev.pawl.it.history.Move.Kind;
import dev.pawl.it.history.Move.Place;
import dev.pawl.it.history.Sight.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Compares the events that readers have seen with the rows of which they tell. What became of a job is a list of changes by its moves; a reader
 * sees a part of that list without a gap, which holds everything from the moment at which it began.
 */
public final class SightCheck {

    /** The time after the beginning of a reader from which on it is told everything, in microseconds. */
    private static final long BEGUN_WITHIN = 5_000_000;

    /** The longest time by which a server tells of one job later than of another one, in microseconds: without news of others. */
    private static final long TOLD_WITHIN = 45_000_000;

    private final Map<UUID, List<Made>> made = new HashMap<>();
    private final Consumer<Violation> violations;
    private long judged;

    /** A change, and when it was made. */
    private record Made(Change change, long at) {}

    public SightCheck(History history, Consumer<Violation> violations) {
        this.violations = violations;
        Map<Long, List<Move>> moves = new HashMap<>();
        history.moves().forEach(move -> moves.computeIfAbsent(move.job(), job -> new ArrayList<>())
                .add(move));
        history.jobs().forEach((id, job) -> made.put(id, changes(moves.getOrDefault(job, List.of()))));
    }

    private static List<Made> changes(List<Move> moves) {
        List<Made> changes = new ArrayList<>();
        Move last = null;
        for (Move move : moves) {
            Change change =
                    switch (move.kind()) {
                        case INSERT -> of(move.place(), last);
                        case UPDATE -> last != null && move.epoch() == last.epoch() + 1 ? Change.STARTED : null;
                        case DELETE -> null;
                    };
            if (last == null && change != Change.ADDED) {
                changes.add(new Made(Change.ADDED, move.at()));
            } else if (move.kind() == Kind.UPDATE && change != null) {
                changes.add(new Made(Change.WAITING, move.at())); // put back and claimed within one transaction
            }
            if (change != null) {
                changes.add(new Made(change, move.at()));
            }
            last = move;
        }
        if (last != null && last.kind() == Kind.DELETE) {
            changes.add(new Made(Change.REMOVED, last.at()));
        }
        return changes;
    }

    private static Change of(Place place, Move last) {
        return switch (place) {
            case RUNS -> Change.STARTED;
            case ENDED -> Change.ENDED;
            case READY, LATER -> last == null ? Change.ADDED : last.place() == Place.RUNS ? Change.WAITING : null;
        };
    }

    /** The number of changes that were compared. */
    public long judged() {
        return judged;
    }

    /** Compares what a reader saw with what became of each job. */
    public void judge(Sight sight) {
        long until = sight.isLast() ? Long.MAX_VALUE : latest(sight) - TOLD_WITHIN;
        made.forEach((id, changes) -> judge(sight, id, changes, until));
        sight.seen().keySet().stream()
                .filter(id -> !made.containsKey(id))
                .forEach(id -> violated(Invariant.EVENTS_IN_ORDER, sight, id, List.of()));
    }

    /** The latest change that the reader has certainly seen. */
    private long latest(Sight sight) {
        return sight.seen().entrySet().stream()
                .filter(job -> job.getValue().contains(Change.ENDED))
                .flatMap(job -> made.getOrDefault(job.getKey(), List.of()).stream())
                .filter(change -> change.change() == Change.ENDED)
                .mapToLong(Made::at)
                .max()
                .orElse(Long.MIN_VALUE + TOLD_WITHIN);
    }

    private void judge(Sight sight, UUID id, List<Made> changes, long until) {
        List<Change> seen = sight.seen().getOrDefault(id, List.of());
        List<Change> all = changes.stream().map(Made::change).toList();
        judged += seen.size();
        List<Integer> needed = new ArrayList<>();
        for (int n = 0; n < changes.size(); n++) {
            long at = changes.get(n).at();
            if (at >= sight.from() + BEGUN_WITHIN && at <= until) {
                needed.add(n);
            }
        }
        if (all.contains(Change.REMOVED)) {
            judgeRemoved(sight, id, seen, all, needed);
            return;
        }
        boolean fits = seen.isEmpty();
        boolean isWhole = seen.isEmpty() && needed.isEmpty();
        for (int from = 0; from + seen.size() <= all.size() && !seen.isEmpty(); from++) {
            if (all.subList(from, from + seen.size()).equals(seen)) {
                fits = true;
                isWhole = isWhole
                        || needed.isEmpty()
                        || (from <= needed.get(0) && needed.get(needed.size() - 1) < from + seen.size());
            }
        }
        if (!fits) {
            violated(Invariant.EVENTS_IN_ORDER, sight, id, all);
        } else if (!isWhole) {
            violated(Invariant.EVENTS_WHOLE, sight, id, all);
        }
    }

    /** Lets events be missing of a job that was removed before they were made, but for its removal. */
    private void judgeRemoved(Sight sight, UUID id, List<Change> seen, List<Change> all, List<Integer> needed) {
        int next = 0;
        for (Change change : all) {
            if (next < seen.size() && seen.get(next) == change) {
                next++;
            }
        }
        if (next < seen.size()) {
            violated(Invariant.EVENTS_IN_ORDER, sight, id, all);
        } else if (needed.contains(all.size() - 1) && !seen.contains(Change.REMOVED)) {
            violated(Invariant.EVENTS_WHOLE, sight, id, all);
        }
    }

    private void violated(Invariant invariant, Sight sight, UUID id, List<Change> all) {
        violations.accept(new Violation(
                invariant,
                sight.reader() + " has seen of " + id + " "
                        + sight.seen().getOrDefault(id, List.of()) + " from " + sight.from() + ", of " + all + " "
                        + made.getOrDefault(id, List.of()).stream()
                                .map(Made::at)
                                .toList()));
    }

    /** Compares the numbers of the lines that a reader saw with the number of lines that there are. */
    public static void judgeLines(String reader, List<Long> seen, long lines, Consumer<Violation> violations) {
        List<Long> all = LongStream.rangeClosed(1, lines).boxed().toList();
        if (!seen.equals(all)) {
            violations.accept(new Violation(Invariant.EACH_LINE, reader + " has seen " + seen + " of " + lines));
        }
    }
}
