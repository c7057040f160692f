package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Extends the leases of jobs whose worker sent a heartbeat, moves their ends, and gives back a lease that was lost when nobody has taken
 * the job since.
 */
public final class Leases {

    private static final String KEEP = """
            UPDATE jobs SET leased_until = ?, worker = ? \
            WHERE id = ? AND epoch = ? AND worker = ? AND status = 'running' AND leased_until IS NOT NULL\
            """;
    private static final String MOVE =
            "UPDATE jobs SET leased_until = ? WHERE id = ? AND epoch = ? AND leased_until = ? AND status = 'running'";
    private static final String GIVE_BACK = """
            UPDATE jobs SET status = 'running', leased_until = ?, worker = ?, parked = NULL \
            WHERE id = ? AND epoch = ? AND worker = ? AND status = 'pending' AND parked = ? \
            AND EXISTS (SELECT 1 FROM former_runs r WHERE r.job = jobs.seq AND r.epoch = jobs.epoch AND r.outcome = ?)\
            """;
    private static final String TAKE_BACK_END =
            "DELETE FROM former_runs WHERE epoch = ? AND job = (SELECT seq FROM jobs WHERE id = ?)";

    private Leases() {}

    public static boolean keep(
            Session session, UUID job, long epoch, String holder, String worker, Instant until, LiveJobs live)
            throws SQLException {
        byte[] id = JobIds.bytes(job);
        if (session.update(KEEP, Micros.of(until), worker, id, epoch, holder) > 0) {
            return true;
        }
        boolean back = session.update(
                        GIVE_BACK,
                        Micros.of(until),
                        worker,
                        id,
                        epoch,
                        holder,
                        StatusText.parkedText(ParkReason.INTERRUPTED),
                        RunOutcome.LEASE_LOST.wireName())
                > 0;
        if (back) {
            session.update(TAKE_BACK_END, epoch, id);
            live.counts().moved(JobStatus.PENDING, JobStatus.RUNNING);
            live.changes().note(JobChange.Kind.STARTED, job, epoch);
        }
        return back;
    }

    public static boolean move(Session session, UUID job, long epoch, Instant from, Instant until) throws SQLException {
        return session.update(MOVE, Micros.of(until), JobIds.bytes(job), epoch, Micros.of(from)) > 0;
    }
}
