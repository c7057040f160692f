package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.IdRange;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The jobs of a filter, in parts that have no job in common. A part is what an index returns in the order of addition, or is small: ended jobs
 * are found through indexes, also by each of the few module keys that contain a module; waiting and running jobs through the index of their
 * queue.
 */
public final class FilteredJobs {

    private static final String ENDED_KEYS = """
            WITH RECURSIVE keys (module_key) AS ( \
            SELECT min(module_key) FROM jobs INDEXED BY jobs_ended_by_module WHERE completed_at IS NOT NULL \
            UNION ALL \
            SELECT (SELECT min(j.module_key) FROM jobs j INDEXED BY jobs_ended_by_module \
            WHERE j.completed_at IS NOT NULL AND j.module_key > keys.module_key) \
            FROM keys WHERE keys.module_key IS NOT NULL) \
            SELECT module_key FROM keys WHERE module_key IS NOT NULL\
            """;
    private static final String PENDING_KEYS =
            "SELECT DISTINCT module_key FROM jobs INDEXED BY jobs_queue WHERE status = 'pending'";
    private static final String RUNNING_KEYS =
            "SELECT DISTINCT module_key FROM jobs INDEXED BY jobs_running WHERE status = 'running'";

    private static final String ALL = "jobs WHERE true";
    private static final String PENDING = "jobs INDEXED BY jobs_queue WHERE status = 'pending'";
    private static final String PENDING_BY_ADDITION = "jobs NOT INDEXED WHERE status = 'pending'";
    private static final String RUNNING = "jobs INDEXED BY jobs_running WHERE status = 'running'";
    private static final String ENDED_WITH_KEY = """
            jobs INDEXED BY jobs_ended_by_module WHERE completed_at IS NOT NULL AND module_key = ? AND status = ?\
            """;
    private static final String KEY_AMONG = " AND module_key IN (SELECT value FROM json_each(?))";

    /** The number of waiting jobs that are sorted in a moment. */
    private static final long MANY = 20_000;

    /** The greatest number of jobs for each one that waits. */
    private static final long SPARSE = 50;

    private FilteredJobs() {}

    /** The parts by status, module and time of request, which no row has to be read for; its text is left out. */
    static List<ListPart> parts(Session session, JobFilter filter) throws SQLException {
        AddedBetween added = AddedBetween.of(session, filter);
        return byStatusAndModule(session, filter).stream().map(added::within).toList();
    }

    private static List<ListPart> byStatusAndModule(Session session, JobFilter filter) throws SQLException {
        Optional<String> module = filter.module();
        if (module.isEmpty() && filter.statuses().isEmpty()) {
            return List.of(new ListPart(ALL, List.of()));
        }
        List<ListPart> parts = new ArrayList<>();
        Set<JobStatus> statuses = filter.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : filter.statuses();
        for (JobStatus each : statuses) {
            switch (each) {
                case PENDING -> parts.add(live(session, PENDING, PENDING_KEYS, module));
                case RUNNING -> parts.add(live(session, RUNNING, RUNNING_KEYS, module));
                case COMPLETED, FAILED, STOPPED -> {
                    for (String key : keysOf(session, ENDED_KEYS, module)) {
                        parts.add(new ListPart(ENDED_WITH_KEY, List.of(key, each.wireName())));
                    }
                }
            }
        }
        return parts;
    }

    /**
     * The same part in a form that is fast to read in the order of addition, page by page. The queue's index has another order, so that each page
     * of many waiting jobs would sort all of them; where they are no small share of all jobs, it is less to go through the table.
     */
    static ListPart byAddition(Session session, ListPart part) throws SQLException {
        return part.from().startsWith(PENDING) && isMostlyPending(session)
                ? new ListPart(PENDING_BY_ADDITION + part.from().substring(PENDING.length()), part.values())
                : part;
    }

    private static boolean isMostlyPending(Session session) throws SQLException {
        Map<JobStatus, Long> counts = JobReads.counts(session);
        long pending = counts.getOrDefault(JobStatus.PENDING, 0L);
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return pending > MANY && pending * SPARSE > all;
    }

    private static ListPart live(Session session, String from, String keys, Optional<String> module)
            throws SQLException {
        return module.isEmpty()
                ? new ListPart(from, List.of())
                : new ListPart(from + KEY_AMONG, List.of(JsonColumn.write(keysOf(session, keys, module))));
    }

    /** The module keys of all ended jobs. */
    public static List<String> endedKeys(Session session) throws SQLException {
        return keysOf(session, ENDED_KEYS, Optional.empty());
    }

    private static List<String> keysOf(Session session, String sql, Optional<String> module) throws SQLException {
        return session.list(sql, row -> row.getString(1)).stream()
                .filter(key -> module.isEmpty() || ModuleKey.modules(key).contains(module.get()))
                .toList();
    }

    /** A part without the jobs that lack the filter's text. */
    static ListPart withText(ListPart part, JobFilter filter) {
        String text = filter.text().map(given -> given.toLowerCase(Locale.ROOT)).orElse(null);
        if (text == null) {
            return part;
        }
        Optional<IdRange> ids = IdRange.beginningWith(text);
        return ids.isEmpty()
                ? part.and("instr(search_title, ?) > 0", List.of(text))
                : part.and(
                        "(instr(search_title, ?) > 0 OR id BETWEEN ? AND ?)",
                        List.of(
                                text,
                                JobIds.bytes(ids.get().first()),
                                JobIds.bytes(ids.get().last())));
    }
}
