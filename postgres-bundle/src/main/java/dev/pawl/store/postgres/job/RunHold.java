package dev.pawl.store.postgres.job;

import dev.pawl.service.store.RunId;
import java.sql.SQLException;

/** The hold of this process on one of its runs, for what is written beside the row of the run. */
public final class RunHold {

    private static final String HOLD = "SELECT 1 FROM runs WHERE job = ? AND epoch = ? AND owner = ? FOR KEY SHARE";

    private RunHold() {}

    /** Whether a run of this process goes on, as it then does until the transaction has ended: no other server can take it meanwhile. */
    public static boolean isHeld(Work work, RunId run) throws SQLException {
        JobRecord record = work.records().find(run.job());
        if (record == null
                || record.now.place != Place.RUNS
                || record.now.epoch != run.epoch()
                || record.now.owner != work.owner()) {
            return false;
        }
        work.flush();
        return work.session().number(HOLD, record.job, run.epoch(), work.owner()) > 0;
    }
}
