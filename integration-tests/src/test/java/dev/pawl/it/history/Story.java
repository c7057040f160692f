package dev.pawl.it.history;

import dev.pawl.it.history.History.Effect;
import dev.pawl.it.history.History.Lease;
import dev.pawl.it.history.Move.Kind;
import dev.pawl.it.history.Move.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Writes a history by hand, move by move. */
final class Story {

    private final Map<UUID, Long> jobs = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<Lease> leases = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private final Map<Long, Long> writers = new HashMap<>();
    private long n;
    private long txid;
    private long now;

    UUID job(long number) {
        UUID id = new UUID(1, number);
        jobs.put(id, number);
        return id;
    }

    Story at(long micros) {
        now = micros;
        return this;
    }

    /** Begins a transaction of a server. */
    Story by(long owner) {
        txid++;
        writers.put(txid, owner);
        return this;
    }

    /** Begins a transaction that tells of no server. */
    Story byNobody() {
        txid++;
        return this;
    }

    Story lease(long owner, long until) {
        leases.add(new Lease(++n, now, owner, until));
        return this;
    }

    Story effect(UUID job, long epoch, int step) {
        effects.add(new Effect(job, epoch, step, now));
        return this;
    }

    Story insert(long job, Place place, long epoch, long owner, long results) {
        return move(job, place, Kind.INSERT, epoch, owner, results, "");
    }

    Story delete(long job, Place place, long epoch, long owner, long results) {
        return move(job, place, Kind.DELETE, epoch, owner, results, "");
    }

    Story update(long job, long epoch, long owner, long results) {
        return move(job, Place.RUNS, Kind.UPDATE, epoch, owner, results, "");
    }

    Story end(long job, long epoch, String status) {
        return move(
                job,
                Place.ENDED,
                Kind.INSERT,
                epoch,
                0,
                moves.get(moves.size() - 1).finalResults(),
                status);
    }

    Story deleteEnded(long job, long epoch) {
        return move(
                job,
                Place.ENDED,
                Kind.DELETE,
                epoch,
                0,
                moves.get(moves.size() - 1).finalResults(),
                "completed");
    }

    private Story move(long job, Place place, Kind kind, long epoch, long owner, long results, String status) {
        moves.add(new Move(++n, txid, now, now, job, place, kind, "probe", epoch, owner, results, results, status));
        return this;
    }

    /** A version of the bundle of the probe becomes the one that all are to have, or another one does. */
    Story deployed(String version, boolean isCurrent) {
        facts.add(new Fact(now, txid, Fact.Table.DEPLOYMENTS, false, "probe", 0, version, Set.of("probe"), isCurrent));
        return this;
    }

    /** A server says which version of it it runs, and that it takes jobs. */
    Story serves(long owner, String version) {
        facts.add(new Fact(now, txid, Fact.Table.SERVER_MODULES, false, "probe", owner, version, Set.of(), true));
        return this;
    }

    /** A roll-out begins after a version, or a server takes its step in it. */
    Story rollsOut(Fact.Table table, long owner, String before) {
        facts.add(new Fact(now, txid, table, false, "probe", owner, before, Set.of(), true));
        return this;
    }

    List<Effect> effects() {
        return List.copyOf(effects);
    }

    History history() {
        return new History(jobs, moves, leases, writers, facts);
    }
}
