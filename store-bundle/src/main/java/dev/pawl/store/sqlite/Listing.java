package dev.pawl.store.sqlite;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobFilter;
import dev.pawl.api.job.JobPage;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pages of jobs by filter. A page goes on after the number of the last job before it, so that its cost does not depend on how many jobs
 * there are before or after; with a module, each of the few module keys that hold it is looked at through its index.
 */
final class Listing implements Session.Reading<JobPage<Job>> {

    private static final String KEYS = """
            WITH RECURSIVE keys (module_key) AS ( \
            SELECT min(module_key) FROM jobs \
            UNION ALL \
            SELECT (SELECT min(j.module_key) FROM jobs j WHERE j.module_key > keys.module_key) \
            FROM keys WHERE keys.module_key IS NOT NULL) \
            SELECT module_key FROM keys WHERE module_key IS NOT NULL\
            """;
    private static final String SEQS = "SELECT seq FROM jobs WHERE seq < ?";
    private static final String NEWEST_FIRST = " ORDER BY seq DESC LIMIT ?";
    private static final String BY_SEQ = JobRow.SELECT + "WHERE j.seq = ?";

    private final JobFilter filter;
    private final long before;

    Listing(JobFilter filter) {
        this.filter = filter;
        this.before = filter.cursor().map(Listing::parse).orElse(Long.MAX_VALUE);
    }

    @Override
    public JobPage<Job> read(Session session) throws SQLException {
        return session.atOneMoment(this::page);
    }

    private JobPage<Job> page(Session session) throws SQLException {
        List<Long> seqs = seqs(session);
        int shown = Math.min(seqs.size(), filter.limit());
        List<Job> jobs = new ArrayList<>(shown);
        for (long seq : seqs.subList(0, shown)) {
            jobs.add(session.first(BY_SEQ, JobRow::readJob, seq).orElseThrow());
        }
        return new JobPage<>(jobs, seqs.size() > shown ? Long.toString(seqs.get(shown - 1)) : null);
    }

    /** The numbers of the page's jobs and of one more, if there is one. */
    private List<Long> seqs(Session session) throws SQLException {
        Optional<String> module = filter.module();
        JobStatus status = filter.status().orElse(null);
        if (module.isEmpty()) {
            return branch(session, null, status);
        }
        List<Long> seqs = new ArrayList<>();
        List<JobStatus> statuses = status == null ? List.of(JobStatus.values()) : List.of(status);
        for (String key : session.list(KEYS, row -> row.getString(1))) {
            if (ModuleKey.modules(key).contains(module.get())) {
                for (JobStatus each : statuses) {
                    seqs.addAll(branch(session, key, each));
                }
            }
        }
        return seqs.stream()
                .sorted(Comparator.reverseOrder())
                .limit(filter.limit() + 1L)
                .toList();
    }

    private List<Long> branch(Session session, @Nullable String key, @Nullable JobStatus status) throws SQLException {
        StringBuilder sql = new StringBuilder(SEQS);
        List<Object> values = new ArrayList<>();
        values.add(before);
        if (key != null) {
            sql.append(" AND module_key = ?");
            values.add(key);
        }
        if (status != null) {
            sql.append(" AND status = ?");
            values.add(status.wireName());
        }
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
        return session.list(sql.append(NEWEST_FIRST).toString(), row -> row.getLong(1), values.toArray());
    }

    private static long parse(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "cursor is \"" + cursor + "\"; it takes the next_cursor of a former answer.",
                    e);
        }
    }
}
