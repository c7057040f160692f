package dev.pawl.it.history;

import dev.pawl.it.history.Move.Place;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The state machine of one job: it takes the moves of the job in order, and says which rules they break. */
final class JobStory {

    private final LeaseTimes leases;
    private final Map<Long, Long> writers;
    private final BiConsumer<Invariant, String> violations;
    private final Map<Long, Run> runs = new TreeMap<>();
    private Place place;
    private Move last;
    private boolean hasEnded;
    private String status = "";

    JobStory(LeaseTimes leases, Map<Long, Long> writers, BiConsumer<Invariant, String> violations) {
        this.leases = leases;
        this.writers = writers;
        this.violations = violations;
    }

    /** The runs by their numbers. */
    Map<Long, Run> runs() {
        return runs;
    }

    /** The status of its end; empty while it goes on, or when it was removed. */
    String status() {
        return status;
    }

    void take(Move move) {
        switch (move.kind()) {
            case INSERT -> insert(move);
            case UPDATE -> update(move);
            case DELETE -> delete(move);
        }
        last = move;
    }

    private void insert(Move move) {
        if (place != null) {
            violated(Invariant.ONE_PLACE, move);
        }
        if (hasEnded) {
            violated(Invariant.END_STAYS, move);
        }
        if (move.epoch() != epoch() + (move.isOfRun() && !isHadBack(move) ? 1 : 0)) {
            violated(Invariant.NEXT_EPOCH, move);
        }
        judgeFinals(move);
        if (move.isOfRun()) {
            claim(move);
        } else if (move.place() == Place.ENDED) {
            hasEnded = true;
            status = move.status();
        }
        place = move.place();
    }

    /** Whether an external worker has its run again, which ended by its lease while nobody else took the job. */
    private boolean isHadBack(Move move) {
        Run before = runs.get(move.epoch());
        return move.owner() == 0 && before != null && before.owner() == 0;
    }

    private void claim(Move move) {
        if (move.owner() != 0 && move.owner() != writer(move)) {
            violated(Invariant.FENCE, move);
        }
        runs.putIfAbsent(move.epoch(), new Run(move, null, false));
    }

    private void update(Move move) {
        if (place != move.place()) {
            violated(Invariant.ONE_PLACE, move);
            return;
        }
        judgeFinals(move);
        boolean isNext = move.isOfRun() && move.epoch() == epoch() + 1; // put back and claimed within one transaction
        if (isNext) {
            end(last);
            claim(move);
            return;
        }
        if (move.epoch() != epoch()) {
            violated(Invariant.NEXT_EPOCH, move);
        }
        boolean isOther = move.owner() != last.owner() || move.owner() != writer(move);
        if (move.isOfRun() && move.owner() != 0 && isOther) {
            violated(Invariant.FENCE, move);
        }
    }

    private void delete(Move move) {
        if (place != move.place()) {
            violated(Invariant.ONE_PLACE, move);
        }
        if (move.epoch() != epoch()) {
            violated(Invariant.NEXT_EPOCH, move);
        }
        if (move.isOfRun()) {
            end(move);
        }
        if (move.place() == Place.ENDED) {
            status = ""; // removed, which its client asked for, or retention
        }
        place = null;
    }

    private void end(Move move) {
        boolean isTaken = move.owner() != 0 && move.owner() != writer(move);
        if (isTaken && !leases.wasOver(move.owner(), move)) {
            violated(Invariant.LEASE, move);
        }
        runs.computeIfPresent(move.epoch(), (epoch, run) -> run.ended(move, isTaken));
    }

    private void judgeFinals(Move move) {
        if (last != null && last.finalResults() > move.finalResults()) {
            violated(Invariant.FINAL_RESULTS_STAY, move);
        }
    }

    private long epoch() {
        return last == null ? 0 : last.epoch();
    }

    private long writer(Move move) {
        return writers.getOrDefault(move.txid(), 0L);
    }

    private void violated(Invariant invariant, Move move) {
        violations.accept(invariant, move + ", written by " + writer(move) + ", after " + last);
    }
}
