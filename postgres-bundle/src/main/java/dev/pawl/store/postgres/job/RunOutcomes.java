package dev.pawl.store.postgres.job;

import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.postgres.engine.SqlCall;

/** The outcomes of runs whose jobs go on. */
final class RunOutcomes {

    private RunOutcomes() {}

    /** The outcome of a run that is parked for a reason. */
    static RunOutcome of(ParkReason reason) {
        return switch (reason) {
            case INTERRUPTED -> RunOutcome.INTERRUPTED;
            case RETRY -> RunOutcome.RETRY;
            case MODULE_GONE -> RunOutcome.MODULE_GONE;
            case MODULE_UPDATE -> RunOutcome.MODULE_UPDATE;
        };
    }

    /** Forgets the oldest runs of a job that has had very many. */
    static void forget(Work work, JobRecord record) {
        long last = record.now.epoch - JobStore.MOST_RUNS;
        if (last > 0) {
            work.rows().other(new SqlCall("DELETE FROM former_runs WHERE job = ? AND epoch <= ?", record.job, last));
            work.rows().other(new SqlCall("DELETE FROM done_tasks WHERE job = ? AND epoch <= ?", record.job, last));
        }
    }
}
