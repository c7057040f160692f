package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.IdRange;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The jobs of a filter, in parts that have no job in common: of all jobs, or of those at one place, which its
 * indexes find. The table {@code j} has what was requested, {@code p} where the job stands.
 */
final class FilteredJobs {

    private static final String ENDED_KEYS =
            "WITH RECURSIVE keys (module_key) AS (SELECT min(module_key) FROM ended UNION ALL "
                    + "SELECT (SELECT min(e.module_key) FROM ended e WHERE e.module_key > keys.module_key) FROM keys "
                    + "WHERE keys.module_key IS NOT NULL) SELECT module_key FROM keys WHERE module_key IS NOT NULL";

    private FilteredJobs() {}

    /** The parts by status, module and time of request; its text is left out. */
    static List<ListPart> parts(Session session, JobFilter filter) throws SQLException {
        List<ListPart> parts = new ArrayList<>();
        Optional<String> module = filter.module();
        if (module.isEmpty() && filter.statuses().isEmpty()) {
            parts.add(new ListPart("jobs j WHERE true", List.of()));
        } else {
            Set<JobStatus> statuses = filter.statuses().isEmpty() ? EnumSet.allOf(JobStatus.class) : filter.statuses();
            for (JobStatus status : statuses) {
                addPlaces(session, status, module, parts);
            }
        }
        return parts.stream().map(part -> within(part, filter)).toList();
    }

    private static void addPlaces(Session session, JobStatus status, Optional<String> module, List<ListPart> parts)
            throws SQLException {
        switch (status) {
            case PENDING -> {
                parts.add(live(session, "ready", module));
                parts.add(live(session, "later", module));
            }
            case RUNNING -> parts.add(live(session, "runs", module));
            case COMPLETED, FAILED, STOPPED -> {
                ListPart ended = new ListPart(
                        "ended p JOIN jobs j ON j.job = p.job WHERE p.status = ?::\"char\"",
                        List.of(StatusText.of(status)));
                if (module.isEmpty()) {
                    parts.add(ended);
                } else {
                    for (String key : keysOf(session, ENDED_KEYS, module.get())) {
                        parts.add(ended.and("p.module_key = ?", List.of(key)));
                    }
                }
            }
        }
    }

    private static ListPart live(Session session, String table, Optional<String> module) throws SQLException {
        ListPart all = new ListPart(table + " p JOIN jobs j ON j.job = p.job WHERE true", List.of());
        if (module.isEmpty()) {
            return all;
        }
        List<String> keys = keysOf(session, "SELECT DISTINCT module_key FROM " + table, module.get());
        return all.and("p.module_key = ANY (?)", List.of(SqlArray.texts(keys)));
    }

    private static List<String> keysOf(Session session, String sql, String module) throws SQLException {
        return session.list(sql, row -> Session.presentText(row, 1)).stream()
                .filter(key -> ModuleKey.modules(key).contains(module))
                .toList();
    }

    private static ListPart within(ListPart part, JobFilter filter) {
        ListPart since = filter.since()
                .map(time -> part.and("j.created_at >= ?", List.of(Micros.of(time))))
                .orElse(part);
        return filter.until()
                .map(time -> since.and("j.created_at < ?", List.of(Micros.of(time))))
                .orElse(since);
    }

    /** A part without the jobs that lack the filter's text. */
    static ListPart withText(ListPart part, JobFilter filter) {
        String text = filter.text().map(given -> given.toLowerCase(Locale.ROOT)).orElse(null);
        if (text == null) {
            return part;
        }
        Optional<IdRange> ids = IdRange.beginningWith(text);
        return ids.isEmpty()
                ? part.and("strpos(j.search_title, ?) > 0", List.of(text))
                : part.and(
                        "(strpos(j.search_title, ?) > 0 OR j.id BETWEEN ? AND ?)",
                        List.of(text, ids.get().first(), ids.get().last()));
    }
}
