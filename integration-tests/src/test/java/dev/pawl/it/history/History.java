package dev.pawl.it.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All that was written of jobs, as the database committed it.
 *
 * @param jobs the numbers of the jobs that were added, by their ids
 * @param moves in the order of their numbers
 * @param leases changes of leases of servers, in the order of their numbers
 * @param writers the servers whose transactions these are: each writes a row of its own in each
 * @param facts changes of what each server is to run, and of what it runs, in the order of their numbers
 */
public record History(
        Map<UUID, Long> jobs, List<Move> moves, List<Lease> leases, Map<Long, Long> writers, List<Fact> facts) {

    public History {
        jobs = Map.copyOf(jobs);
        moves = List.copyOf(moves);
        leases = List.copyOf(leases);
        writers = Map.copyOf(writers);
        facts = List.copyOf(facts);
    }

    /** When each job was added: a server that is cut off may do so long after the request. */
    public Map<UUID, Instant> added() {
        Map<Long, Instant> first = new HashMap<>();
        moves.forEach(move -> first.putIfAbsent(move.job(), Instant.EPOCH.plus(move.at(), ChronoUnit.MICROS)));
        Map<UUID, Instant> added = new HashMap<>();
        jobs.forEach((id, job) -> {
            if (first.containsKey(job)) {
                added.put(id, first.get(job));
            }
        });
        return added;
    }

    /**
     * A renewal, or the end, of the lease of a server.
     *
     * @param until in microseconds; 0 when the row of the server is gone
     */
    public record Lease(long n, long at, long owner, long until) {}

    /**
     * Something that a module did outside of the fence of the store.
     *
     * @param at in microseconds, by the clock that the database has as well
     */
    public record Effect(UUID job, long epoch, int step, long at) {}

    /**
     * The part that only those outside know.
     *
     * @param accepted the steps of each job whose request was answered
     * @param ended the status of each job that somebody was told had ended
     * @param late servers that were stopped or cut off for longer than their lease: their modules may have gone on until they noticed
     */
    public record Told(Map<UUID, Integer> accepted, Map<UUID, String> ended, List<Effect> effects, List<Long> late) {

        public Told {
            accepted = Map.copyOf(accepted);
            ended = Map.copyOf(ended);
            effects = List.copyOf(effects);
            late = List.copyOf(late);
        }
    }
}
