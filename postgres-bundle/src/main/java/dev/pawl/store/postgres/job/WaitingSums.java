package dev.pawl.store.postgres.job;

import dev.pawl.service.job.After;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.store.WaitingJobs;
import dev.pawl.service.store.WaitingJobs.Kind;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums up the waiting jobs by what they wait for. */
public final class WaitingSums {

    private static final String READY = "SELECT r.module_key, coalesce(r.crashes, 0) >= 2, count(*), min(j.created_at) "
            + "FROM (SELECT job, module_key, crashes FROM ready UNION ALL SELECT job, module_key, crashes FROM later WHERE due_at <= ?) r "
            + "JOIN jobs j ON j.job = r.job GROUP BY 1, 2";
    private static final String TIMED =
            "SELECT CASE WHEN l.due_at = ? THEN 'OTHER_JOBS' WHEN l.due_at = ? THEN 'EARLIER_JOBS' "
                    + "WHEN l.parked = 'retry' THEN 'RETRY' ELSE 'TIME' END, count(*), min(j.created_at), min(l.due_at) "
                    + "FROM later l JOIN jobs j ON j.job = l.job WHERE l.due_at > ? GROUP BY 1";

    private WaitingSums() {}

    /** The sums at a time, by the clock of the store. */
    public static List<WaitingJobs> of(Session session, Instant now) throws SQLException {
        long micros = Micros.of(now);
        return session.atOneMoment(moment -> {
            List<WaitingJobs> all = new ArrayList<>(moment.list(
                    READY,
                    row -> sum(
                            row.getBoolean(2) ? Kind.SUSPECTED : Kind.DUE,
                            Session.presentText(row, 1),
                            row.getLong(3),
                            row.getLong(4),
                            null),
                    micros));
            all.addAll(moment.list(
                    TIMED,
                    row -> {
                        Kind kind = Kind.valueOf(row.getString(1));
                        boolean isTimed = kind == Kind.RETRY || kind == Kind.TIME;
                        return sum(kind, "", row.getLong(2), row.getLong(3), isTimed ? row.getLong(4) : null);
                    },
                    Micros.of(After.DUE),
                    Micros.of(DueFire.AFTER_EARLIER_JOBS),
                    micros));
            return List.copyOf(all);
        });
    }

    private static WaitingJobs sum(Kind kind, String moduleKey, long count, long oldest, @Nullable Long next) {
        List<String> modules = moduleKey.isEmpty()
                ? List.of()
                : ModuleKey.modules(moduleKey).stream().sorted().toList();
        Instant oldestAt = Micros.instant(oldest);
        return new WaitingJobs(kind, modules, count, oldestAt, next == null ? oldestAt : Micros.instant(next));
    }
}
