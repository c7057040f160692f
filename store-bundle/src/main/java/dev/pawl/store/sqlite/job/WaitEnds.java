package dev.pawl.store.sqlite.job;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.WaitFailure;
import dev.pawl.store.kit.WaitNews;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waits for jobs that are over, at the end of the transaction in which they end: a job that waits for nothing more may start, and one
 * that will never get what it waits for fails, so that those that wait for it are next. A transaction ends a bounded number of waits, so that
 * no other write waits for long; which are left is in the rows, and the next transaction goes on. Used by the writer's thread alone.
 */
final class WaitEnds {

    /** The number of waits that a transaction ends: some ten milliseconds. */
    static final int AT_ONCE = 500;

    private static final String OVER = "INSERT INTO ended_prerequisites (job, outcome, at) VALUES (?, ?, ?)";
    private static final String FIRST = "SELECT n, job, outcome, at FROM ended_prerequisites ORDER BY n LIMIT 1";
    private static final String DONE = "DELETE FROM ended_prerequisites WHERE n = ?";
    private static final String IS_ANY_LEFT = "SELECT EXISTS (SELECT 1 FROM ended_prerequisites)";
    private static final String IS_AWAITED = "SELECT EXISTS (SELECT 1 FROM job_waits WHERE prerequisite = ?)";
    private static final String WAITING = """
            SELECT j.seq, j.id, w.completion, w.not_before, %s \
            FROM job_waits w JOIN jobs j ON j.seq = w.job WHERE w.prerequisite = ? ORDER BY w.job LIMIT ?\
            """.formatted(WaitRows.IS_AWAITED);
    private static final String END = "DELETE FROM job_waits WHERE prerequisite = ? AND job = ?";
    private static final String RELEASE = """
            UPDATE jobs SET due_at = ? WHERE seq = ? AND status = 'pending' AND due_at = ? \
            AND NOT EXISTS (SELECT 1 FROM job_waits w WHERE w.job = jobs.seq)\
            """;
    private static final String FAILING = """
            SELECT json_extract(coalesce(j.request, (SELECT r.body FROM requests r WHERE r.job = j.seq)), '$.tasks[0].module'), \
            (SELECT c.events FROM job_callbacks c WHERE c.job = j.seq) \
            FROM jobs j WHERE j.seq = ?\
            """;
    private static final String FAIL = """
            UPDATE jobs SET status = 'failed', due_at = NULL, completed_at = ?, failure = ?, lines = lines + 1, log_size = log_size + ? \
            WHERE seq = ?\
            """;
    private static final String LAST_LINE = """
            INSERT INTO log_lines (job, n, at, level, task_index, epoch, message) \
            SELECT seq, lines, completed_at, ?, ?, epoch, ? FROM jobs WHERE seq = ?\
            """;

    private final LiveJobs live;
    private boolean isKnown;
    private boolean isLeft;
    private final WaitNews news = new WaitNews();

    /** A job that is over. */
    private record Over(long n, UUID job, String outcome, Instant at) {}

    /** The columns that the failure of a job needs: its first module, and the events of its callback as bits. */
    private record Failing(String module, int callback) {}

    private record Waiting(
            long seq, UUID id, boolean completion, @Nullable Instant notBefore, boolean isAwaited) {}

    WaitEnds(LiveJobs live) {
        this.live = live;
    }

    /** A job has ended, for which others wait. */
    void ended(Session session, UUID job, JobStatus status, Instant at) throws SQLException {
        over(session, job, status.wireName(), at);
    }

    /** A job is about to be removed that has not ended. */
    void removed(Session session, UUID job, Instant at) throws SQLException {
        if (session.number(IS_AWAITED, JobIds.bytes(job)) != 0) {
            over(session, job, WaitFailure.REMOVED, at);
        }
    }

    private void over(Session session, UUID job, String outcome, Instant at) throws SQLException {
        session.update(OVER, JobIds.bytes(job), outcome, Micros.of(at));
        isLeft = true;
    }

    /** Ends as many waits as one transaction may. */
    void ending(Session session) throws SQLException {
        if (!isKnown) {
            isLeft = session.number(IS_ANY_LEFT) != 0;
            isKnown = true;
        }
        int room = AT_ONCE;
        while (isLeft && room > 0) {
            Optional<Over> first = session.first(FIRST, WaitEnds::over);
            if (first.isEmpty()) {
                isLeft = false;
            } else {
                room -= end(session, first.get(), room) + 1;
            }
        }
    }

    /** Whether the next transaction has to go on. */
    boolean isLeft() {
        return isLeft;
    }

    private int end(Session session, Over over, int most) throws SQLException {
        byte[] prerequisite = JobIds.bytes(over.job());
        List<Waiting> waiting = session.list(WAITING, WaitEnds::waiting, prerequisite, most);
        boolean completed = over.outcome().equals(JobStatus.COMPLETED.wireName());
        for (Waiting job : waiting) {
            if (completed || !job.completion()) {
                session.update(END, prerequisite, job.seq());
                release(session, job, over.at());
            } else {
                fail(session, job, over);
            }
        }
        if (waiting.size() < most) {
            session.update(DONE, over.n());
        }
        return waiting.size();
    }

    private void release(Session session, Waiting job, Instant now) throws SQLException {
        Instant notBefore = job.notBefore();
        boolean later = notBefore != null && notBefore.isAfter(now);
        int released =
                session.update(RELEASE, Micros.ofNullable(later ? notBefore : null), job.seq(), Micros.of(After.DUE));
        if (released > 0) {
            if (later) {
                news.timed();
            }
            live.changes().note(JobChange.Kind.CHANGED, job.id(), 0);
            live.claims().look();
        }
    }

    private void fail(Session session, Waiting job, Over over) throws SQLException {
        Failing failing = session.first(FAILING, row -> new Failing(row.getString(1), row.getInt(2)), job.seq())
                .orElseThrow();
        Failure failure = WaitFailure.of(failing.module(), over.job(), over.outcome());
        String why = failure.message();
        session.update(FAIL, Micros.of(over.at()), FailureJson.write(failure), why.length(), job.seq());
        session.update(LAST_LINE, LogLevel.ERROR.name(), RunWrite.NO_TASK, why, job.seq());
        live.deliveries().moved(session, job.seq(), failing.callback(), JobStatus.FAILED, over.at());
        live.notifications().ended(session, job.seq(), JobStatus.FAILED, over.at(), failure);
        WaitRows.remove(session, job.seq());
        live.counts().moved(JobStatus.PENDING, JobStatus.FAILED);
        live.minutes().ended(JobStatus.FAILED, null, over.at());
        live.changes().note(JobChange.Kind.ENDED, job.id(), 0);
        news.failed(job.id());
        if (job.isAwaited()) {
            over(session, job.id(), JobStatus.FAILED.wireName(), over.at());
        }
    }

    /** Takes what the consumer is to be told, once it is on disk. */
    WaitNews.Told told() {
        return news.told();
    }

    void forget() {
        isKnown = false;
        isLeft = false;
        news.forget();
    }

    private static Over over(ResultSet row) throws SQLException {
        return new Over(row.getLong(1), JobIds.uuid(row.getBytes(2)), row.getString(3), Micros.read(row, 4));
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        return new Waiting(
                row.getLong(1),
                JobIds.uuid(row.getBytes(2)),
                row.getBoolean(3),
                Micros.readNullable(row, 4),
                row.getBoolean(5));
    }
}
