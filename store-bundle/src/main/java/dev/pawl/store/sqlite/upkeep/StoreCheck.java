package dev.pawl.store.sqlite.upkeep;

import dev.pawl.service.job.After;
import dev.pawl.service.store.CheckReport;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks the integrity of a store: its pages, its references, the invariants of Pawl, and the jars that it names. */
public final class StoreCheck {

    private static final int MOST_SHOWN = 20;

    /** The queries that count violations of an invariant, by the text that follows the number in the report. */
    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put("count(s) of jobs by status differ from the actual jobs", """
                SELECT count(*) FROM job_counts c WHERE c.jobs <> (SELECT count(*) FROM jobs j WHERE j.status = c.status)\
                """);
        RULES.put(
                "job(s) have no request, or two",
                "SELECT count(*) FROM jobs j WHERE (j.request IS NULL) <> EXISTS (SELECT 1 FROM requests r WHERE r.job = j.seq)");
        RULES.put("job(s) have results with gaps, or a wrong number of them", """
                SELECT count(*) FROM jobs j LEFT JOIN (SELECT job, count(*) AS c, max(n) AS m FROM results GROUP BY job) r \
                ON r.job = j.seq WHERE coalesce(r.c, 0) <> j.results OR coalesce(r.m, 0) <> j.results\
                """);
        RULES.put("job(s) have logs with gaps, or a wrong number of lines", """
                SELECT count(*) FROM jobs j LEFT JOIN (SELECT job, count(*) AS c, max(n) AS m FROM log_lines GROUP BY job) l \
                ON l.job = j.seq WHERE coalesce(l.c, 0) <> j.lines - j.lines_dropped \
                OR coalesce(l.m, j.lines) <> j.lines\
                """);
        RULES.put(
                "job(s) that are not running have tentative results",
                "SELECT count(*) FROM jobs WHERE status <> 'running' AND final_results <> results");
        RULES.put(
                "job(s) have an end that does not fit their status",
                "SELECT count(*) FROM jobs WHERE (status IN ('pending', 'running')) = (completed_at IS NOT NULL)");
        RULES.put(
                "job(s) that are not waiting have a due time",
                "SELECT count(*) FROM jobs WHERE status <> 'pending' AND due_at IS NOT NULL");
        RULES.put(
                "former run(s) are later than the latest run of their job",
                "SELECT count(*) FROM former_runs f JOIN jobs j ON j.seq = f.job WHERE f.epoch > j.epoch");
        RULES.put("job(s) have a wrong number or size of artifacts", """
                SELECT count(*) FROM artifact_sets s LEFT JOIN \
                (SELECT job, count(*) AS c, sum(size) AS b FROM artifacts GROUP BY job) a ON a.job = s.job \
                WHERE coalesce(a.c, 0) <> s.files OR coalesce(a.b, 0) <> s.bytes\
                """);
        RULES.put("total size(s) of artifacts differ from the actual ones", """
                SELECT count(*) FROM artifact_total WHERE bytes <> (SELECT coalesce(sum(bytes), 0) FROM artifact_sets)\
                """);
        RULES.put("job(s) wait for others without a wait, or have one and do not wait", """
                SELECT count(*) FROM jobs j WHERE (j.status = 'pending' AND j.due_at IS %d) <> EXISTS (SELECT 1 FROM job_waits w WHERE w.job = j.seq)\
                """.formatted(
                        Micros.of(After.DUE)));
        RULES.put("job(s) wait for one that is over", """
                SELECT count(DISTINCT w.job) FROM job_waits w LEFT JOIN jobs j ON j.id = w.prerequisite \
                WHERE coalesce(j.status, '') NOT IN ('pending', 'running') AND w.prerequisite NOT IN (SELECT job FROM ended_prerequisites)\
                """);
        RULES.put(
                "schedule(s) have no request",
                "SELECT count(*) FROM schedules WHERE n NOT IN (SELECT schedule FROM schedule_requests)");
        RULES.put(
                "schedule(s) are due at a time that has its job or its reason already",
                "SELECT count(*) FROM schedules WHERE next_at <= settled_at OR fire_at < next_at");
        RULES.put(
                "callback(s) wait without a time, or have one without waiting",
                "SELECT count(*) FROM deliveries WHERE (state = 'waiting') <> (next_at IS NOT NULL)");
        RULES.put("job(s) have ended without the delivery that their callback asks for", """
                SELECT count(*) FROM job_callbacks c JOIN jobs j ON j.seq = c.job WHERE \
                (c.events & CASE j.status WHEN 'completed' THEN 2 WHEN 'failed' THEN 4 WHEN 'stopped' THEN 8 ELSE 0 END) <> 0 \
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.job = c.job AND d.event = j.status)\
                """);
        RULES.put("schedule(s) have a history of another length than they say", """
                SELECT count(*) FROM schedules s WHERE s.fires <> (SELECT count(*) FROM fires f WHERE f.schedule = s.n)\
                """);
    }

    private StoreCheck() {}

    /** Checks only the pages and the references, which the store of every release has. */
    static CheckReport pages(Session session) throws SQLException {
        List<String> defects =
                new ArrayList<>(session.list("PRAGMA integrity_check(" + MOST_SHOWN + ")", row -> row.getString(1)));
        defects.remove("ok");
        long dangling = session.list("PRAGMA foreign_key_check", row -> row.getString(1))
                .size();
        if (dangling > 0) {
            defects.add(dangling + " row(s) belong to a job that does not exist.");
        }
        return new CheckReport(0, defects);
    }

    /**
     * Checks a whole store, which takes as long as reading it.
     *
     * @param data the server's data folder
     */
    public static CheckReport run(Session session, Path data) {
        List<String> defects = new ArrayList<>();
        long jobs = 0;
        try {
            defects.addAll(pages(session).defects());
            long version = session.number("PRAGMA user_version");
            if (version == Migrations.present()) {
                session.atOneMoment(moment -> defects.addAll(broken(moment)));
                defects.addAll(new InstalledJars(data).defects(session));
                jobs = session.number("SELECT count(*) FROM jobs");
            } else {
                defects.add("The store has schema version " + version + " and not " + Migrations.present()
                        + ", so only its pages were checked. Start this release's server on it once.");
            }
        } catch (SQLException e) {
            defects.add("It cannot be read: " + e.getMessage() + ".");
        }
        return new CheckReport(jobs, defects);
    }

    private static List<String> broken(Session session) throws SQLException {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, String> rule : RULES.entrySet()) {
            long found = session.number(rule.getValue());
            if (found > 0) {
                broken.add(found + " " + rule.getKey() + ".");
            }
        }
        return broken;
    }
}
