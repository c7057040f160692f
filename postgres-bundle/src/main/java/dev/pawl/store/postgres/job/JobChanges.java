package dev.pawl.store.postgres.job;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.news.StopWish;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Small changes of jobs that no run makes. */
public final class JobChanges {

    private static final String PENDING =
            "SELECT j.id FROM jobs j JOIN (SELECT job FROM ready UNION ALL SELECT job FROM later) w ON w.job = j.job";
    private static final String WAS_LOST =
            "SELECT count(*) FROM former_runs WHERE job = ? AND epoch = ? AND outcome = ?";
    private static final String PRIORITY = "UPDATE jobs SET priority = ?, request = ? WHERE job = ?";

    private final Work work;

    public JobChanges(Work work) {
        this.work = work;
    }

    /** Makes a waiting job due at once; whether it was waiting. */
    public boolean makeDue(UUID id) throws SQLException {
        JobRecord record = work.records().find(id);
        if (record == null || !record.isPending()) {
            return false;
        }
        if (record.now.place == Place.LATER) {
            record.now.dueAt = null;
            record.now.place = Place.READY;
            work.touch(record);
            forgetWaits(record);
        }
        work.changes().changed(List.of(id));
        work.claims().look();
        return true;
    }

    private void forgetWaits(JobRecord record) {
        work.rows()
                .other(new SqlCall("DELETE FROM job_waits WHERE job = ANY (?)", SqlArray.numbers(List.of(record.job))));
    }

    /** Gives waiting jobs another priority; returns their number. */
    public int prioritize(List<UUID> ids, int priority) throws SQLException {
        int changed = 0;
        work.records().load(ids);
        for (UUID id : ids) {
            JobRecord record = work.records().find(id);
            if (record != null && record.isPending()) {
                Map<String, Object> body = new LinkedHashMap<>(JsonColumn.map(record.request));
                body.put("priority", priority);
                String text = JsonColumn.write(body);
                JobRequest request = RequestJson.read(text);
                record.request(request, text);
                record.priority = priority;
                record.now.lane = Rank.of(
                        priority, StatusText.parked(record.now.parked), Micros.instantOrNull(record.now.runStartedAt));
                work.rows().other(new SqlCall(PRIORITY, priority, text, record.job));
                work.touch(record);
                changed++;
            }
        }
        if (changed > 0) {
            work.changes().changed(ids);
            work.claims().look();
        }
        return changed;
    }

    /** Asks the server on which a job runs to stop it; whether it runs on another one. */
    public boolean askToStop(UUID id, @Nullable AuditedChange change) throws SQLException {
        JobRecord record = work.records().find(id);
        if (record == null
                || record.now.place != Place.RUNS
                || !record.now.isWithoutLease()
                || record.now.owner == work.owner()) {
            return false;
        }
        Instant at = change == null
                ? work.now()
                : change.done(id.toString()).at(); // the server that stops it adds the entry
        work.news().stop(StopWish.of(id, change, at));
        return true;
    }

    /** Removes a job unless it is running; whether it did. */
    public boolean remove(UUID id) throws SQLException {
        JobRecord record = work.records().find(id);
        if (record == null || record.now.status == JobStatus.RUNNING) {
            return false;
        }
        if (record.isPending() && record.isAwaited) {
            work.waits().removed(id);
        }
        remove(record);
        return true;
    }

    private void remove(JobRecord record) throws SQLException {
        work.flush();
        work.changes().removed(record.id, readable(record));
        work.counts().added(record.now.status, -1);
        record.now.place = Place.NONE;
        work.rows().removed(record.job);
        work.touch(record);
    }

    /** The job, for whoever follows; null when it cannot be read, which must not keep it from being removed. */
    private static @Nullable Job readable(JobRecord record) {
        try {
            return record.job();
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /** Removes every waiting job; returns their number. */
    public int removePending() throws SQLException {
        work.flush();
        List<UUID> ids = work.session().list(PENDING, row -> row.getObject(1, UUID.class));
        work.records().load(ids);
        int removed = 0;
        for (UUID id : ids) {
            JobRecord record = work.records().find(id);
            if (record != null && record.isPending()) {
                work.counts().added(JobStatus.PENDING, -1);
                record.now.place = Place.NONE;
                work.rows().removed(record.job);
                work.touch(record);
                removed++;
            }
        }
        work.news().cleared(removed);
        return removed;
    }

    /** Extends the lease of a run, or gives a lease back that was lost when nobody has taken the job since. */
    public boolean keepLease(UUID id, long epoch, String holder, String worker, Duration lease) throws SQLException {
        JobRecord record = work.records().find(id);
        if (record == null || record.now.epoch != epoch || !holder.equals(record.now.worker)) {
            return false;
        }
        JobColumns now = record.now;
        long until = Micros.of(work.now().plus(lease));
        if (now.status == JobStatus.RUNNING && now.leaseUntil != null) {
            now.leaseUntil = until;
            now.worker = worker;
            work.touch(record);
            return true;
        }
        if (!record.isPending()
                || !String.valueOf(StatusText.parkedText(ParkReason.INTERRUPTED))
                        .equals(now.parked)) {
            return false;
        }
        work.flush();
        if (work.session().number(WAS_LOST, record.job, epoch, RunOutcome.LEASE_LOST.wireName()) == 0) {
            return false;
        }
        work.rows().other(new SqlCall("DELETE FROM former_runs WHERE job = ? AND epoch = ?", record.job, epoch));
        now.leaseUntil = until;
        now.worker = worker;
        now.parked = null;
        now.owner = 0;
        now.limitedClaim = null;
        work.limits().forget();
        work.move(record, JobStatus.RUNNING, Place.RUNS);
        work.changes().note(JobChange.Kind.STARTED, id, epoch);
        return true;
    }

    /** Moves the end of a running job's lease, unless that was moved since it was read. */
    public boolean moveLease(UUID id, long epoch, Instant from, Duration left) throws SQLException {
        JobRecord record = work.records().find(id);
        if (record == null
                || record.now.epoch != epoch
                || record.now.status != JobStatus.RUNNING
                || record.now.leaseUntil == null
                || record.now.leaseUntil != Micros.of(from)) {
            return false;
        }
        record.now.leaseUntil = Micros.of(work.now().plus(left));
        work.touch(record);
        return true;
    }
}
