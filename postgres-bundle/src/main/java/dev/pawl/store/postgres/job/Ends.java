package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ends of jobs. */
final class Ends {

    private Ends() {}

    /** Ends a job that runs or waits; its row says so once for all. */
    static void end(Work work, JobRecord record, JobStatus status, @Nullable Failure failure) throws SQLException {
        JobColumns now = record.now;
        boolean ran = now.status == JobStatus.RUNNING;
        now.dueAt = null;
        now.leaseUntil = null;
        now.trialUntil = null;
        now.parked = null;
        now.finalResults = now.results;
        now.completedAt = Micros.of(work.now());
        now.failure = FailureJson.write(failure);
        work.minutes().ended(status, ran ? Micros.instantOrNull(now.runStartedAt) : null, work.now());
        work.move(record, status, Place.ENDED);
        if (!ran) {
            work.rows()
                    .other(new SqlCall(
                            "DELETE FROM job_waits WHERE job = ANY (?)", SqlArray.numbers(List.of(record.job))));
        }
        if (work.notifications().asksFor(work.session(), status)) {
            work.notifications()
                    .ended(
                            work.session(),
                            record.id,
                            record.request().title(),
                            record.moduleKey,
                            status,
                            work.now(),
                            failure);
        }
        if (record.isAwaited) {
            work.waits().ended(record.id, status);
        }
    }
}
