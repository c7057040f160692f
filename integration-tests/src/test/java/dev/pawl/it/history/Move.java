package dev.pawl.it.history;

/**
 * A change of the row that says where a job stands, as the trigger saw it.
 *
 * @param n its place in the order of all that was written: of two moves of one job, the later one has the greater number
 * @param txid the transaction
 * @param at the clock of the database, in microseconds
 * @param began when its transaction began, by the same clock
 * @param owner the server of a run; 0 for one of an external worker, and for rows that are no runs
 * @param epoch 0 before the first run
 * @param results the number of the last result
 * @param finalResults the number of the last result that a checkpoint made final
 * @param status of an end; empty otherwise
 */
public record Move(
        long n,
        long txid,
        long at,
        long began,
        long job,
        Place place,
        Kind kind,
        String moduleKey,
        long epoch,
        long owner,
        long results,
        long finalResults,
        String status) {

    /** The tables of which one has the row of a job. */
    public enum Place {
        READY,
        LATER,
        RUNS,
        ENDED
    }

    /** The statements. */
    public enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    boolean isOfRun() {
        return place == Place.RUNS;
    }

    @Override
    public String toString() {
        return kind + " " + place + " of job " + job + ", run " + epoch + " of " + owner + ", by transaction " + txid
                + " at " + at;
    }
}
