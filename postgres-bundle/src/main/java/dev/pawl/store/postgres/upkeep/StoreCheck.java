package dev.pawl.store.postgres.upkeep;

import dev.pawl.service.audit.AuditReport;
import dev.pawl.service.job.After;
import dev.pawl.service.store.CheckReport;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.audit.AuditVerification;
import dev.pawl.store.postgres.audit.ChunkRows;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks what the tables say together, as of one moment. Tables that are written often refer to each other without foreign keys, so this looks for
 * rows without the others. Pages are PostgreSQL's to check, with data checksums and {@code pg_amcheck}.
 */
public final class StoreCheck {

    private static final String PLACES =
            "(SELECT job, 'ready' AS place FROM ready UNION ALL SELECT job, 'later' FROM later "
                    + "UNION ALL SELECT job, 'runs' FROM runs UNION ALL SELECT job, 'ended' FROM ended)";

    /** The queries that count violations of an invariant, by the text that follows the number in the report. */
    private static final Map<String, String> RULES = new LinkedHashMap<>();

    static {
        RULES.put(
                "index(es) are not valid; REINDEX makes them anew",
                "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                        + "WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisvalid");
        RULES.put(
                "job(s) have no place, or more than one",
                "SELECT count(*) FROM (SELECT j.job FROM jobs j LEFT JOIN " + PLACES
                        + " p ON p.job = j.job GROUP BY j.job HAVING count(p.place) <> 1) wrong");
        RULES.put(
                "place(s) belong to a job that does not exist",
                "SELECT count(*) FROM " + PLACES + " p WHERE NOT EXISTS (SELECT 1 FROM jobs j WHERE j.job = p.job)");
        RULES.put(
                "count(s) of jobs by status differ from the actual jobs",
                "SELECT count(*) FROM (SELECT sum(pending) AS pending, sum(running) AS running, sum(completed) AS completed, "
                        + "sum(failed) AS failed, sum(stopped) AS stopped FROM commits) c CROSS JOIN LATERAL (VALUES "
                        + "(c.pending, (SELECT count(*) FROM ready) + (SELECT count(*) FROM later)), "
                        + "(c.running, (SELECT count(*) FROM runs)), "
                        + "(c.completed, (SELECT count(*) FROM ended WHERE status = 'completed')), "
                        + "(c.failed, (SELECT count(*) FROM ended WHERE status = 'failed')), "
                        + "(c.stopped, (SELECT count(*) FROM ended WHERE status = 'stopped'))) AS v (said, actual) "
                        + "WHERE coalesce(v.said, 0) <> v.actual");
        for (String table : List.of(
                "log_lines",
                "results",
                "former_runs",
                "done_tasks",
                "task_states",
                "kept_keys",
                "deliveries",
                "artifact_sets")) {
            RULES.put(
                    "row(s) of " + table + " belong to a job that does not exist",
                    "SELECT count(*) FROM " + table + " r WHERE NOT EXISTS (SELECT 1 FROM jobs j WHERE j.job = r.job)");
        }
        RULES.put(
                "job(s) have another number of artifacts or of their bytes than is told",
                "SELECT count(*) FROM artifact_sets s LEFT JOIN (SELECT job, count(*) AS c, sum(size) AS b FROM artifacts GROUP BY job) a "
                        + "ON a.job = s.job WHERE coalesce(a.c, 0) <> s.files OR coalesce(a.b, 0) <> s.bytes");
        RULES.put(
                "job(s) have results with gaps, or a wrong number of them",
                "SELECT count(*) FROM job_places p LEFT JOIN (SELECT job, count(*) AS c, max(n) AS m FROM results GROUP BY job) r "
                        + "ON r.job = p.job WHERE coalesce(r.c, 0) <> coalesce(p.results, 0) OR coalesce(r.m, 0) <> coalesce(p.results, 0)");
        RULES.put(
                "job(s) have logs with gaps, or a wrong number of lines",
                "SELECT count(*) FROM job_places p LEFT JOIN (SELECT job, count(*) AS c, max(n) AS m FROM log_lines GROUP BY job) l "
                        + "ON l.job = p.job WHERE coalesce(l.c, 0) <> coalesce(p.lines, 0) - coalesce(p.lines_dropped, 0) "
                        + "OR coalesce(l.m, p.lines, 0) <> coalesce(p.lines, 0)");
        RULES.put(
                "job(s) that are not running have tentative results",
                "SELECT count(*) FROM job_places p WHERE p.place <> 'runs' AND coalesce(p.final_results, 0) <> coalesce(p.results, 0)");
        RULES.put(
                "former run(s) are later than the latest run of their job",
                "SELECT count(*) FROM former_runs f JOIN job_places p ON p.job = f.job WHERE f.epoch > coalesce(p.epoch, 0)");
        RULES.put(
                "unique key(s) are held by a job that is over",
                "SELECT count(*) FROM live_keys k WHERE NOT EXISTS (SELECT 1 FROM job_places p WHERE p.job = k.job AND p.place <> 'ended')");
        RULES.put(
                "job(s) wait for others without a wait, or have one and do not wait",
                "SELECT count(*) FROM jobs j LEFT JOIN later l ON l.job = j.job WHERE (coalesce(l.due_at, 0) = "
                        + Micros.of(After.DUE) + ") <> EXISTS (SELECT 1 FROM job_waits w WHERE w.job = j.job)");
        RULES.put(
                "job(s) wait for one that is over",
                "SELECT count(DISTINCT w.job) FROM job_waits w LEFT JOIN jobs j ON j.id = w.prerequisite "
                        + "WHERE NOT EXISTS (SELECT 1 FROM job_places p WHERE p.job = j.job AND p.place <> 'ended') "
                        + "AND NOT EXISTS (SELECT 1 FROM ended_prerequisites e WHERE e.job = w.prerequisite)");
        RULES.put(
                "schedule(s) have no request",
                "SELECT count(*) FROM schedules s WHERE NOT EXISTS (SELECT 1 FROM schedule_requests r WHERE r.schedule = s.n)");
        RULES.put(
                "schedule(s) are due at a time that has its job or its reason already",
                "SELECT count(*) FROM schedules WHERE next_at <= settled_at OR fire_at < next_at");
        RULES.put(
                "notification(s) wait without a time, or have one without waiting",
                "SELECT count(*) FROM notifications WHERE (state = 'waiting') <> (next_at IS NOT NULL)");
        RULES.put(
                "callback(s) wait without a time, or have one without waiting",
                "SELECT count(*) FROM deliveries WHERE (state = 'waiting') <> (next_at IS NOT NULL)");
        RULES.put(
                "extent(s) of the inbox differ from the actual ones",
                "SELECT count(*) FROM (SELECT count(*) AS c, coalesce(sum(characters), 0) AS s FROM inbox) i "
                        + "LEFT JOIN inbox_totals t ON true WHERE i.c <> coalesce(t.callbacks, 0) OR i.s <> coalesce(t.characters, 0)");
        RULES.put(
                "bundle(s) name a jar that is not in the store",
                "SELECT count(*) FROM deployments d WHERE NOT EXISTS (SELECT 1 FROM module_jars m WHERE m.sha256 = d.sha256)");
        RULES.put(
                "jar(s) of modules have parts of another length than they say",
                "SELECT count(*) FROM module_jars m WHERE m.bytes <> "
                        + "(SELECT coalesce(sum(length(p.body)), 0) FROM module_jar_parts p WHERE p.sha256 = m.sha256)");
    }

    private StoreCheck() {}

    /** Checks a whole store, which takes as long as reading it. */
    public static CheckReport run(Session session) throws SQLException {
        return session.atOneMoment(moment -> {
            List<String> defects = new ArrayList<>();
            for (Map.Entry<String, String> rule : RULES.entrySet()) {
                long found = moment.number(rule.getValue());
                if (found > 0) {
                    defects.add(found + " " + rule.getKey() + ".");
                }
            }
            AuditReport audit = AuditVerification.run(new ChunkRows(moment), null);
            if (audit.defect() != null) {
                defects.add("The audit: " + audit.defect());
            }
            return new CheckReport(moment.number("SELECT count(*) FROM jobs"), defects);
        });
    }
}
