package dev.pawl.store.sqlite.notification;

import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.LateJobs;
import dev.pawl.store.kit.notification.RuleSet;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The rows of jobs that run or wait, for the look at those that are late. */
public final class LateJobRows {

    private static final String TITLE =
            "json_extract(coalesce(j.request, (SELECT r.body FROM requests r WHERE r.job = j.seq)), '$.title')";
    private static final String RUNNING = """
            SELECT j.id, j.module_key, j.search_title, coalesce(j.run_started_at, j.created_at), NULL, NULL \
            FROM jobs j INDEXED BY jobs_running WHERE j.status = 'running'\
            """;
    private static final String WAITING = """
            SELECT j.id, j.module_key, j.search_title, coalesce((SELECT max(f.ended_at) FROM former_runs f WHERE f.job = j.seq), j.created_at), \
            j.due_at, CASE WHEN j.epoch = 0 THEN json_extract(coalesce(j.request, (SELECT r.body FROM requests r WHERE r.job = j.seq)), \
            '$.not_before') END FROM jobs j INDEXED BY jobs_queue WHERE j.status = 'pending'\
            """;
    private static final String TITLE_OF = "SELECT " + TITLE + " FROM jobs j WHERE j.id = ?";

    private LateJobRows() {}

    /** Looks for late jobs. */
    public static LateJobs.Found find(Session session, Instant now) throws SQLException {
        return session.atOneMoment(moment -> {
            RuleSet rules = RuleSet.of(RuleRows.all(moment));
            LateJobs running = look(moment, RUNNING, new LateJobs(rules, NotificationEvent.RUNNING_LONGER_THAN, now));
            LateJobs waiting = look(moment, WAITING, new LateJobs(rules, NotificationEvent.WAITING_LONGER_THAN, now));
            return LateJobs.found(
                    running, waiting, job -> moment.first(TITLE_OF, row -> row.getString(1), JobIds.bytes(job)));
        });
    }

    private static LateJobs look(Session session, String jobs, LateJobs late) throws SQLException {
        if (late.isAsked()) {
            session.list(jobs, job -> judge(job, late));
        }
        return late;
    }

    /** Judges one job; the answer is of no interest. */
    private static boolean judge(ResultSet job, LateJobs late) throws SQLException {
        late.judge(
                JobIds.uuid(job.getBytes(1)),
                job.getString(2),
                job.getString(3),
                Micros.read(job, 4),
                Micros.readNullable(job, 5),
                job.getString(6));
        return true;
    }

    /** Tells of them, as far as their rules are as they were read. */
    public static void tell(Session session, LateJobs.Found found, Instant now, NewNotifications notifications)
            throws SQLException {
        for (LateJobs.Told late : found.late()) {
            if (RuleRows.told(session, late.row(), late.event(), now)) {
                notifications.add(session, late.row(), late.event(), late.jobs(), now);
            }
        }
    }
}
