package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.JsonColumn;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads pages of jobs by filter. A page continues after the sequence number of the previous one's last job, so its cost does not depend on
 * the number of jobs before or after it. Ended jobs are read through indexes, also by each of the few module keys that contain a module;
 * waiting and running jobs are read through the index of their queue.
 */
public final class JobListQuery implements Session.Reading<JobPage<Job>> {

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
    private static final String RUNNING = "jobs INDEXED BY jobs_running WHERE status = 'running'";
    private static final String ENDED_WITH_KEY = """
            jobs INDEXED BY jobs_ended_by_module WHERE completed_at IS NOT NULL AND module_key = ? AND status = ?\
            """;
    private static final String KEY_AMONG = " AND module_key IN (SELECT value FROM json_each(?))";

    private static final String BY_SEQ = JobRow.SELECT + "WHERE j.seq = ?";

    private final JobFilter filter;
    private final long before;

    /** A subset of the jobs that an index returns newest first, or that is small. */
    private record Part(String from, List<Object> values) {}

    public JobListQuery(JobFilter filter) {
        this.filter = filter;
        this.before = filter.cursor().map(JobListQuery::parse).orElse(Long.MAX_VALUE);
    }

    /** The number of jobs with a task of the module in each status, at one moment. */
    public static Map<JobStatus, Long> counts(Session session, String module) throws SQLException {
        return session.atOneMoment(moment -> {
            Map<JobStatus, Long> counts = new EnumMap<>(JobStatus.class);
            for (JobStatus status : JobStatus.values()) {
                long count = 0;
                for (Part part :
                        new JobListQuery(JobFilter.all().withModule(module).withStatus(status)).parts(moment)) {
                    count += moment.number(
                            "SELECT count(*) FROM " + part.from(), part.values().toArray());
                }
                counts.put(status, count);
            }
            return Collections.unmodifiableMap(counts);
        });
    }

    @Override
    public JobPage<Job> read(Session session) throws SQLException {
        return session.atOneMoment(this::page);
    }

    private JobPage<Job> page(Session session) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        AddedBetween added = AddedBetween.of(session, filter);
        for (Part part : parts(session)) {
            seqs.addAll(newest(session, part, added)); // one more than fits, to see whether this is the last page
        }
        seqs.sort(Comparator.reverseOrder());
        List<Job> jobs = new ArrayList<>();
        AtomicLong weighs = new AtomicLong();
        for (long seq : seqs.subList(0, Math.min(seqs.size(), filter.limit()))) {
            Job job = session.first(BY_SEQ, row -> weighed(row, weighs), seq).orElseThrow();
            if (!jobs.isEmpty() && weighs.get() > JobStore.PAGE_CHARACTERS) {
                break;
            }
            jobs.add(job);
        }
        return new JobPage<>(jobs, seqs.size() > jobs.size() ? Long.toString(seqs.get(jobs.size() - 1)) : null);
    }

    private static Job weighed(ResultSet row, AtomicLong weighs) throws SQLException {
        Job job = JobRow.readJob(row);
        weighs.addAndGet(JobRow.weight(job, row));
        return job;
    }

    private List<Part> parts(Session session) throws SQLException {
        Optional<String> module = filter.module();
        if (module.isEmpty() && filter.statuses().isEmpty()) {
            return List.of(new Part(ALL, List.of()));
        }
        List<Part> parts = new ArrayList<>();
        Set<JobStatus> statuses = filter.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : filter.statuses();
        for (JobStatus each : statuses) {
            switch (each) {
                case PENDING -> parts.add(live(session, PENDING, PENDING_KEYS, module));
                case RUNNING -> parts.add(live(session, RUNNING, RUNNING_KEYS, module));
                case COMPLETED, FAILED, STOPPED -> {
                    for (String key : keysOf(session, ENDED_KEYS, module)) {
                        parts.add(new Part(ENDED_WITH_KEY, List.of(key, each.wireName())));
                    }
                }
            }
        }
        return parts;
    }

    private static Part live(Session session, String from, String keys, Optional<String> module) throws SQLException {
        return module.isEmpty()
                ? new Part(from, List.of())
                : new Part(from + KEY_AMONG, List.of(JsonColumn.write(keysOf(session, keys, module))));
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

    private List<Long> newest(Session session, Part part, AddedBetween added) throws SQLException {
        StringBuilder sql =
                new StringBuilder("SELECT seq FROM ").append(part.from()).append(" AND seq < ?");
        List<Object> values = new ArrayList<>(part.values());
        values.add(before);
        added.addTo(sql, values);
        filter.text().map(text -> text.toLowerCase(Locale.ROOT)).ifPresent(text -> {
            sql.append(" AND (instr(search_title, ?) > 0");
            values.add(text);
            JobIds.beginningWith(text).ifPresent(range -> {
                sql.append(" OR id BETWEEN ? AND ?");
                values.add(JobIds.bytes(range.first()));
                values.add(JobIds.bytes(range.last()));
            });
            sql.append(')');
        });
        values.add(filter.limit() + 1);
        sql.append(" ORDER BY seq DESC LIMIT ?");
        return session.list(sql.toString(), row -> row.getLong(1), values.toArray());
    }

    private static long parse(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "cursor is \"" + cursor + "\"; it takes the next_cursor of an earlier answer.",
                    e);
        }
    }
}
