package dev.pawl.store.postgres.notification;

import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.notification.LateJobs;
import dev.pawl.store.kit.notification.RuleSet;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of jobs that run or wait, for the look at those that are late. */
public final class LateJobRows {

    private static final String RUNNING =
            "SELECT j.id, j.module_key, j.search_title, coalesce(r.run_started_at, j.queued_at), NULL::int8, NULL "
                    + "FROM runs r JOIN jobs j ON j.job = r.job";
    private static final String WAITING = "SELECT j.id, j.module_key, j.search_title, "
            + "coalesce((SELECT max(f.ended_at) FROM former_runs f WHERE f.job = w.job), j.queued_at), w.due_at, "
            + "CASE WHEN coalesce(w.epoch, 0) = 0 AND j.request LIKE '%\"not_before\"%' THEN j.request END FROM (SELECT job, epoch, NULL::int8 AS due_at FROM ready "
            + "UNION ALL SELECT job, epoch, due_at FROM later) w JOIN jobs j ON j.job = w.job";
    private static final String REQUEST_OF = "SELECT request FROM jobs WHERE id = ?";

    private LateJobRows() {}

    /** Looks for late jobs. */
    public static LateJobs.Found find(Session session, Instant now) throws SQLException {
        return session.atOneMoment(moment -> {
            RuleSet rules = RuleSet.of(RuleRows.all(moment));
            LateJobs running = look(moment, RUNNING, new LateJobs(rules, NotificationEvent.RUNNING_LONGER_THAN, now));
            LateJobs waiting = look(moment, WAITING, new LateJobs(rules, NotificationEvent.WAITING_LONGER_THAN, now));
            return LateJobs.found(running, waiting, job -> title(moment, job));
        });
    }

    private static LateJobs look(Session session, String jobs, LateJobs late) throws SQLException {
        if (late.isAsked()) {
            session.each(jobs, job -> judge(job, late));
        }
        return late;
    }

    private static void judge(ResultSet job, LateJobs late) throws SQLException {
        late.judge(
                job.getObject(1, UUID.class),
                Session.presentText(job, 2),
                Session.presentText(job, 3),
                Micros.read(job, 4),
                Micros.readNullable(job, 5),
                notBefore(Session.text(job, 6)));
    }

    private static @Nullable String notBefore(@Nullable String request) {
        Object value = JsonColumn.map(request).get("not_before");
        return value == null ? null : value.toString();
    }

    private static Optional<String> title(Session session, UUID job) throws SQLException {
        return session.first(
                REQUEST_OF,
                row -> String.valueOf(JsonColumn.map(Session.text(row, 1)).get("title")),
                job);
    }

    /** Tells of them, as far as their rules are as they were read. */
    public static void tell(LateJobs.Found found, Instant now, Session session, NewNotifications notifications)
            throws SQLException {
        for (LateJobs.Told late : found.late()) {
            if (RuleRows.told(session, late.row(), late.event(), now)) {
                notifications.add(session, late.row(), late.event(), late.jobs(), now);
            }
        }
    }
}
