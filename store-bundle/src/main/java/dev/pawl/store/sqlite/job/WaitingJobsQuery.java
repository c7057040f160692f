package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.After;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.store.WaitingJobs;
import dev.pawl.service.store.WaitingJobs.Kind;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sums up the waiting jobs by what they wait for. Of jobs that are due, or wait for others, the indexes are read alone; of those that wait for
 * a time, their rows too.
 */
public final class WaitingJobsQuery implements Session.Reading<List<WaitingJobs>> {

    private static final String READY = """
            SELECT module_key, count(*), min(seq) FROM jobs INDEXED BY jobs_ready \
            WHERE status = 'pending' AND due_at IS NULL AND crashes < 2 GROUP BY module_key\
            """;
    private static final String SUSPECTED = """
            SELECT module_key, count(*), min(seq) FROM jobs INDEXED BY jobs_suspected \
            WHERE status = 'pending' AND due_at IS NULL AND crashes >= 2 GROUP BY module_key\
            """;
    private static final String OVERDUE = """
            SELECT module_key, count(*), min(seq), crashes >= 2 FROM jobs INDEXED BY jobs_scheduled \
            WHERE status = 'pending' AND due_at IS NOT NULL AND due_at <= ? GROUP BY module_key, crashes >= 2\
            """;
    private static final String TIMED = """
            SELECT parked IS NOT NULL AND parked = 'retry', count(*), min(seq), min(due_at) FROM jobs INDEXED BY jobs_scheduled \
            WHERE status = 'pending' AND due_at IS NOT NULL AND due_at > ? AND due_at NOT IN (?, ?) GROUP BY 1\
            """;
    private static final String WAITING = """
            SELECT count(*), min(seq) FROM jobs INDEXED BY jobs_scheduled \
            WHERE status = 'pending' AND due_at IS NOT NULL AND due_at = ?\
            """;
    private static final String CREATED = "SELECT created_at FROM jobs WHERE seq = ?";

    private static final long OTHERS = Micros.of(After.DUE);
    private static final long EARLIER = Micros.of(DueFire.AFTER_EARLIER_JOBS);

    private final Instant now;

    public WaitingJobsQuery(Instant now) {
        this.now = now;
    }

    private record Group(Kind kind, String moduleKey, long count, long first, Optional<Instant> next) {}

    @Override
    public List<WaitingJobs> read(Session session) throws SQLException {
        return session.atOneMoment(moment -> {
            List<WaitingJobs> all = new ArrayList<>();
            for (Group group : groups(moment)) {
                Instant oldest = Micros.instant(moment.number(CREATED, group.first()));
                List<String> modules = group.moduleKey().isEmpty()
                        ? List.of()
                        : ModuleKey.modules(group.moduleKey()).stream().sorted().toList();
                all.add(new WaitingJobs(
                        group.kind(),
                        modules,
                        group.count(),
                        oldest,
                        group.next().orElse(oldest)));
            }
            return List.copyOf(all);
        });
    }

    private List<Group> groups(Session session) throws SQLException {
        long micros = Micros.of(now);
        List<Group> groups = new ArrayList<>(session.list(
                READY, row -> new Group(Kind.DUE, row.getString(1), row.getLong(2), row.getLong(3), Optional.empty())));
        groups.addAll(session.list(
                SUSPECTED,
                row -> new Group(Kind.SUSPECTED, row.getString(1), row.getLong(2), row.getLong(3), Optional.empty())));
        groups.addAll(session.list(
                OVERDUE,
                row -> new Group(
                        row.getBoolean(4) ? Kind.SUSPECTED : Kind.DUE,
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        Optional.empty()),
                micros));
        groups.addAll(session.list(
                TIMED,
                row -> new Group(
                        row.getBoolean(1) ? Kind.RETRY : Kind.TIME,
                        "",
                        row.getLong(2),
                        row.getLong(3),
                        Optional.of(Micros.read(row, 4))),
                micros,
                OTHERS,
                EARLIER));
        groups.addAll(waiting(session, Kind.OTHER_JOBS, OTHERS));
        groups.addAll(waiting(session, Kind.EARLIER_JOBS, EARLIER));
        return groups;
    }

    private static List<Group> waiting(Session session, Kind kind, long due) throws SQLException {
        return session
                .first(WAITING, row -> new Group(kind, "", row.getLong(1), row.getLong(2), Optional.empty()), due)
                .filter(group -> group.count() > 0)
                .stream()
                .toList();
    }
}
