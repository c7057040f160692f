package dev.pawl.store.postgres.job;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.WaitFailure;
import dev.pawl.store.kit.WaitNews;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.SqlRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waits for jobs that are over, at the end of the transaction in which they end: a job that waits for nothing more may start, and one
 * that will never get what it waits for fails, so that those that wait for it are next. A transaction ends a bounded number of waits, so that
 * no other write waits for long; which are left is in the rows, and the next transaction goes on. Used by the writer's thread alone.
 */
final class WaitEnds {

    /** The number of waits that a transaction ends: some ten milliseconds. */
    private static final int AT_ONCE = 500;

    private static final String FIRST =
            "SELECT n, job, outcome, at FROM ended_prerequisites ORDER BY n LIMIT 1 FOR UPDATE SKIP LOCKED";
    private static final String DONE = "DELETE FROM ended_prerequisites WHERE n = ?";
    private static final String IS_ANY_LEFT = "SELECT EXISTS (SELECT 1 FROM ended_prerequisites)::int";
    private static final String UNSEEN =
            "INSERT INTO ended_prerequisites (job, outcome, at) SELECT g.job, g.outcome, ? "
                    + "FROM unnest(?::uuid[], ?::text[]) AS g (job, outcome) "
                    + "WHERE (SELECT true FROM job_waits w WHERE w.prerequisite = g.job LIMIT 1)";
    private static final String WAITING =
            "SELECT job, completion, not_before FROM job_waits WHERE prerequisite = ? ORDER BY job LIMIT ?";
    private static final String END = "DELETE FROM job_waits WHERE prerequisite = ? AND job = ANY (?)";
    private static final String STILL_WAIT = "SELECT DISTINCT job FROM job_waits WHERE job = ANY (?)";

    private final Work work;
    private final Deque<Over> over = new ArrayDeque<>(); // in this transaction, and in no row yet
    private final SqlRows left =
            new SqlRows("ended_prerequisites", "", "job", "uuid", "outcome", "text", "at", "bigint");
    private final Map<UUID, String> gone = new HashMap<>(); // all jobs that this transaction ends, with their outcomes
    private boolean isKnown;
    private boolean isUncertain; // a transaction is being committed that may have left rows
    private boolean isLeft; // a row may be left
    private final WaitNews news = new WaitNews();

    /**
     * A job that is over.
     *
     * @param row the number of its row; 0 when it has none
     */
    private record Over(long row, UUID job, String outcome, Instant at) {}

    private record Waiting(
            long job, boolean completion, @Nullable Long notBefore) {}

    WaitEnds(Work work) {
        this.work = work;
    }

    /** The rows of records are about to be written. */
    void storing(Collection<JobRecord> touched) {
        for (JobRecord record : touched) {
            JobColumns before = record.stored;
            if (before == null || before.place == Place.ENDED) {
                continue;
            }
            if (record.now.place == Place.ENDED) {
                gone.put(record.id, record.now.status.wireName());
            } else if (record.now.place == Place.NONE) {
                gone.put(record.id, WaitFailure.REMOVED);
            }
        }
    }

    /**
     * Adds the statement that finds jobs which other servers have let wait for those that end here, without the knowledge of this one. Their
     * waits are rows by now: the other server has held the job until it was done, and the deletion of the job's row waited for that.
     */
    void look(List<SqlCall> calls) {
        if (gone.isEmpty()) {
            return;
        }
        isUncertain = true;
        List<UUID> jobs = List.copyOf(gone.keySet());
        calls.add(new SqlCall(
                        UNSEEN,
                        Micros.of(work.now()),
                        SqlArray.ids(jobs),
                        SqlArray.texts(jobs.stream().map(gone::get).toList()))
                .counted(rows -> isLeft |= rows > 0));
        gone.clear();
    }

    /** It is known what the look has found. */
    void looked() {
        isUncertain = false;
    }

    /** Rows may be left by a server that is gone. */
    void unknown() {
        isKnown = false;
    }

    /** A job has ended, for which others wait. */
    void ended(UUID job, JobStatus status) {
        over.add(new Over(0, job, status.wireName(), work.now()));
        work.changed();
    }

    /** A job is about to be removed that has not ended, and for which others wait. */
    void removed(UUID job) {
        over.add(new Over(0, job, WaitFailure.REMOVED, work.now()));
        work.changed();
    }

    /** Ends as many waits as one transaction may; of what is left then, it makes rows. */
    void ending() throws SQLException {
        if (!isKnown || isUncertain) {
            isUncertain = false;
            isLeft = work.session().number(IS_ANY_LEFT) != 0;
            isKnown = true;
        }
        if (!over.isEmpty()) {
            work.flush(); // waits that were added are rows now
        }
        int room = AT_ONCE;
        while (room > 0) {
            Over next = over.poll();
            if (next == null) {
                next = isLeft ? firstRow() : null;
            }
            if (next == null) {
                isLeft = false;
                return;
            }
            room -= end(next, room) + 1;
        }
        over.forEach(rest -> left.add(rest.job(), rest.outcome(), Micros.of(rest.at())));
        isLeft |= !over.isEmpty();
        over.clear();
        List<SqlCall> calls = new ArrayList<>();
        left.moveTo(calls);
        calls.forEach(work.rows()::other);
    }

    private @Nullable Over firstRow() throws SQLException {
        return work.session().first(FIRST, WaitEnds::over).orElse(null);
    }

    /** Whether the next transaction has to go on. */
    boolean isLeft() {
        return isLeft || isUncertain;
    }

    private int end(Over ended, int most) throws SQLException {
        List<Waiting> waiting = work.session().list(WAITING, WaitEnds::waiting, ended.job(), most);
        Map<Long, JobRecord> records = new HashMap<>();
        work.records()
                .byNumber(waiting.stream().map(Waiting::job).toList())
                .forEach(record -> records.put(record.job, record));
        boolean completed = ended.outcome().equals(JobStatus.COMPLETED.wireName());
        release(
                ended,
                waiting.stream().filter(job -> completed || !job.completion()).toList(),
                records);
        for (Waiting job : waiting) {
            JobRecord record = records.get(job.job());
            if (!completed && job.completion() && record != null && record.isPending()) {
                fail(record, ended);
            }
        }
        if (waiting.size() == most) {
            work.flush(); // whoever goes on must not find these
            if (ended.row() == 0) {
                over.addFirst(ended);
            }
        } else if (ended.row() != 0) {
            work.session().update(DONE, ended.row());
        }
        return waiting.size();
    }

    private void release(Over ended, List<Waiting> released, Map<Long, JobRecord> records) throws SQLException {
        if (released.isEmpty()) {
            return;
        }
        work.flush();
        SqlArray jobs = SqlArray.numbers(released.stream().map(Waiting::job).toList());
        work.session().update(END, ended.job(), jobs);
        Set<Long> stillWait = new HashSet<>(work.session().list(STILL_WAIT, row -> row.getLong(1), jobs));
        for (Waiting job : released) {
            JobRecord record = records.get(job.job());
            if (record == null || record.now.place != Place.LATER || stillWait.contains(job.job())) {
                continue;
            }
            Long notBefore = job.notBefore();
            boolean later = notBefore != null && notBefore > Micros.of(ended.at());
            record.now.dueAt = later ? notBefore : null;
            record.now.place = later ? Place.LATER : Place.READY;
            work.touch(record);
            if (later) {
                news.timed();
            }
            work.changes().note(JobChange.Kind.CHANGED, record.id, 0);
            work.claims().look();
        }
    }

    private void fail(JobRecord record, Over ended) throws SQLException {
        Failure failure = WaitFailure.of(record.request().tasks().get(0).module(), ended.job(), ended.outcome());
        String why = failure.message();
        record.now.lines++;
        record.now.logSize += why.length();
        work.rows()
                .line(
                        record.job,
                        record.now.lines,
                        Micros.of(ended.at()),
                        LogLevel.ERROR.name(),
                        RunWrite.NO_TASK,
                        record.now.epoch,
                        why);
        Ends.end(work, record, JobStatus.FAILED, failure);
        record.now.completedAt = Micros.of(ended.at());
        work.changes().note(JobChange.Kind.ENDED, record.id, 0);
        news.failed(record.id);
    }

    /** Takes what the consumer is to be told, once it is on disk. */
    WaitNews.Told told() {
        return news.told();
    }

    void forget() {
        over.clear();
        left.clear();
        gone.clear();
        isUncertain = false;
        isKnown = false;
        isLeft = false;
        news.forget();
    }

    private static Over over(ResultSet row) throws SQLException {
        return new Over(row.getLong(1), row.getObject(2, UUID.class), row.getString(3), Micros.instant(row.getLong(4)));
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        long notBefore = row.getLong(3);
        return new Waiting(row.getLong(1), row.getBoolean(2), row.wasNull() ? null : notBefore);
    }
}
