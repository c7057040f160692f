package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides which transactions begin with an {@link EarlyLook}, and whether what it has found may still begin. Used by the writer's thread alone. */
final class EarlyLooks {

    /** After so many an ordinary look notes from where on jobs wait, so that they do not pass over too much that is gone. */
    private static final int MOST = 32;

    private final Work work;

    /** The claim that has left jobs waiting for room alone; null when it may be otherwise by now. */
    private @Nullable ClaimRequest last;

    private int number; // of those that have followed it
    private @Nullable EarlyLook look; // of this transaction
    private boolean isVoid; // what it has found does not go first

    EarlyLooks(Work work) {
        this.work = work;
    }

    /**
     * A transaction begins.
     *
     * @param here the number of runs here
     * @param ends the number of those that it ends at most
     * @param calls its first statements
     * @param given the time of another clock than that of the database; null for none
     */
    void begun(long here, long ends, List<SqlCall> calls, @Nullable Instant given) {
        look = null;
        isVoid = false;
        ClaimRequest before = last;
        if (before != null && number < MOST && ends > 0) {
            look = new Claim(work, before).early(Math.min(before.most(), before.slots() - here + ends));
        }
        if (look != null) {
            look.addTo(calls, given);
        }
    }

    /** An ordinary look has left jobs waiting for room alone; null when it may be otherwise. */
    void left(@Nullable ClaimRequest request) {
        last = request;
        number = 0;
    }

    /** More may decide by now which jobs begin. */
    void end() {
        last = null;
        isVoid = true;
    }

    /** A new job waits. */
    void waits(JobRecord added) {
        isVoid |= look != null && !look.precedes(added);
    }

    /** Claims what was found; null when another look is needed. */
    @Nullable
    List<Job> take(Claim claim, long room) throws SQLException {
        List<Job> taken = look == null || isVoid ? null : claim.take(look, room);
        if (taken == null) {
            isVoid = true;
        } else {
            number++;
        }
        return taken;
    }

    /** The transaction is about to be written. */
    void ending() {
        if (look != null && look.isAnyLeft()) {
            work.news().ready(); // other servers have passed over what this one does not take after all
        }
    }
}
