package dev.pawl.store.postgres.job;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The time before which no job waits to become due, so that a look for those that are due does not pass over what was due before: somebody's open
 * transaction keeps those entries of the index. It rises with what a transaction has seen, once that is committed, and falls with each earlier time
 * for which this server or another one lets a job wait. Used by the writer's thread alone.
 */
final class DueStart {

    private static final long UNKNOWN = Long.MIN_VALUE;

    private long start = UNKNOWN;
    private @Nullable Long seen; // by this transaction

    /** The time, in microseconds. */
    long micros() {
        return seen == null ? start : seen;
    }

    /** The records of jobs are about to be written. */
    void storing(Collection<JobRecord> touched) {
        for (JobRecord record : touched) {
            Long due = record.now.dueAt;
            if (record.now.place == Place.LATER && due != null) {
                added(due);
            }
        }
    }

    /** A job waits for a time; whether no look would have found it. */
    boolean added(long due) {
        boolean isBefore = due < micros();
        start = Math.min(start, due);
        if (seen != null) {
            seen = Math.min(seen, due);
        }
        return isBefore;
    }

    /**
     * A look has found what is due.
     *
     * @param until the time up to which it has looked
     * @param first the first due time that it has found, also of a job that another server moves at this moment; null for none
     */
    void looked(long until, @Nullable Long first) {
        seen = first == null ? until : first;
    }

    /** Forgets all, since the rows may be others than those that were seen. */
    void forget() {
        start = UNKNOWN;
        seen = null;
    }

    void committed() {
        start = micros();
        seen = null;
    }

    void undone() {
        seen = null;
    }
}
