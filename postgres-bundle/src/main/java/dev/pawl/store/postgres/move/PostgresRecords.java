package dev.pawl.store.postgres.move;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.RecordKind.Column;
import dev.pawl.store.kit.move.StoredRecords;
import dev.pawl.store.postgres.engine.StoreClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that each kind of records has in PostgreSQL. */
final class PostgresRecords {

    /** Tables of what a database has for itself, or that follow from records. */
    static final Set<String> WITHOUT_RECORDS = Set.of(
            "schema_version",
            "migration",
            "servers",
            "commits",
            "limits",
            "news",
            "inbox_totals",
            "notification_state",
            "module_turn",
            "server_modules",
            "deployment_changes",
            "roll_outs",
            "roll_out_steps",
            "leaders",
            "worker_signs",
            "secret_key"); // the first server that starts says by what it is known

    /** The tables of which the numbers of rows go on from their highest one. */
    private static final List<String> NUMBERED = List.of(
            "ended_prerequisites",
            "inbox",
            "kept_answers",
            "deployments",
            "deployment_history",
            "schedules",
            "hooks",
            "hook_calls",
            "notification_rules",
            "notifications",
            "failing_jobs",
            "deliveries");

    /** The tables that are read together with others. */
    static final List<String> JOINED = List.of(
            "jobs",
            "ready",
            "later",
            "runs",
            "ended",
            "live_keys",
            "deployments",
            "module_jar_parts",
            "schedules",
            "schedule_requests",
            "artifact_sets",
            "artifacts",
            "artifact_contents",
            "artifact_parts");

    private static final String CARRIED_NUMBERS = "epoch, attempt, crashes, crashes_at_mark, task_index, elapsed_ns, "
            + "percent, lines, lines_dropped, log_size, results, final_results";
    private static final String CARRIED_OTHERS =
            "started_at, run_started_at, parked, worker, module_version, info, failure, crash_mark";

    /** A column with its first value is null, as {@code PlaceRows} writes it. */
    private static final String CARRIED_VALUES = "CASE WHEN epoch > 0 OR lines > 0 THEN epoch END, NULLIF(attempt, 1), "
            + "NULLIF(crashes, 0), NULLIF(crashes_at_mark, 0), NULLIF(task_index, 0), NULLIF(elapsed_ns, 0), NULLIF(percent, 0), "
            + "NULLIF(lines, 0), NULLIF(lines_dropped, 0), NULLIF(log_size, 0), NULLIF(results, 0), NULLIF(final_results, 0), "
            + CARRIED_OTHERS;

    private static final String JOB = """
            j.job, j.id, p.status, j.module_key, j.priority, p.lane, j.created_at, j.search_title, j.request, p.due_at, p.lease_until, \
            p.trial_until, p.completed_at, k.unique_key, j.starter_id, j.starter_name, p.stopper_id, p.stopper_name, \
            coalesce(p.epoch, 0), coalesce(p.attempt, 1), coalesce(p.crashes, 0), p.crash_mark, coalesce(p.crashes_at_mark, 0), \
            coalesce(p.task_index, 0), coalesce(p.elapsed_ns, 0), p.started_at, p.run_started_at, p.parked, p.worker, p.module_version, \
            coalesce(p.percent, 0), p.info, coalesce(p.lines, 0), coalesce(p.lines_dropped, 0), coalesce(p.log_size, 0), \
            coalesce(p.results, 0), coalesce(p.final_results, 0), p.failure\
            """;

    /** The time from which a job waits; in the order of the jobs, since the queue goes by it. */
    static final Column QUEUED_AT = new Column("queued_at", RecordKind.Type.NUMBER);

    /** The owner of runs is none: the first server that starts puts them back, as those of a server that is gone. */
    private static final String INSERT_JOBS =
            ", j AS (INSERT INTO jobs (job, id, module_key, priority, created_at, queued_at, search_title, "
                    + "request, starter_id, starter_name) SELECT job, id, module_key, priority, created_at, queued_at, search_title, request, "
                    + "starter_id, starter_name FROM g), k AS (INSERT INTO live_keys (unique_key, job) SELECT unique_key, job FROM g "
                    + "WHERE unique_key IS NOT NULL), " + place("ready", "", "")
                    + " WHERE status = 'pending' AND due_at IS NULL), "
                    + place("later", ", due_at", ", due_at") + " WHERE status = 'pending' AND due_at IS NOT NULL), "
                    + place("runs", ", owner, lease_until, trial_until", ", 0, leased_until, trial_until")
                    + " WHERE status = 'running') "
                    + insert(
                            "ended",
                            ", status, completed_at, stopper_id, stopper_name",
                            ", status, completed_at, stopper_id, stopper_name")
                    + " WHERE completed_at IS NOT NULL";

    private static final String DOCUMENT = "owner, name, body, changed_at";
    private static final String SCHEDULE =
            "n, name, revision, changed_at, timed_at, paused, origin, origin_name, origin_changed, settled_at, "
                    + "next_at, fire_at, last_at, last_job";
    private static final String RECORDED =
            "EXISTS (SELECT 1 FROM artifact_sets s JOIN artifacts a ON a.job = s.job WHERE s.folder = c.job AND a.file = c.name)";

    private static final Map<RecordKind, RecordSql> ALL = all();

    private PostgresRecords() {}

    private static String place(String table, String columns, String values) {
        return table + "_rows AS (" + insert(table, columns, values);
    }

    private static String insert(String table, String columns, String values) {
        return "INSERT INTO " + table + " (job, module_key, lane, queued_at" + columns + ", " + CARRIED_NUMBERS + ", "
                + CARRIED_OTHERS + ") SELECT job, module_key, rank, queued_at" + values + ", " + CARRIED_VALUES
                + " FROM g";
    }

    /** The statements of a kind. */
    static RecordSql of(RecordKind kind) {
        RecordSql sql = ALL.get(kind);
        if (sql == null) {
            throw new IllegalArgumentException("There are no " + kind.name());
        }
        return sql;
    }

    private static Map<RecordKind, RecordSql> all() {
        Map<RecordKind, RecordSql> all = new LinkedHashMap<>();
        rows(all, StoredRecords.TASK_STATES, "task_states", "job");
        rows(all, StoredRecords.LOG_LINES, "log_lines", "job, n");
        rows(all, StoredRecords.RESULTS, "results", "job, n");
        rows(all, StoredRecords.FORMER_RUNS, "former_runs", "job, epoch");
        rows(all, StoredRecords.DONE_TASKS, "done_tasks", "job, epoch, task_index");
        rows(all, StoredRecords.KEPT_KEYS, "kept_keys", "job");
        rows(all, StoredRecords.JOB_WAITS, "job_waits", "prerequisite, job");
        rows(all, StoredRecords.ENDED_PREREQUISITES, "ended_prerequisites", "n");
        rows(all, StoredRecords.JOB_MINUTES, "job_minutes", "minute");
        add(
                all,
                RecordSql.of(
                        StoredRecords.DOCUMENTS,
                        DOCUMENT,
                        "documents WHERE " + StoredRecords.MOVED_DOCUMENTS,
                        "owner, name",
                        "INSERT INTO documents (" + DOCUMENT + ") SELECT " + DOCUMENT + " FROM g"));
        rows(all, StoredRecords.KEPT_ANSWERS, "kept_answers", "n");
        rows(all, StoredRecords.SECRETS, "secrets", "name");
        rows(all, StoredRecords.DEPLOYMENTS, "deployments", "n");
        rows(all, StoredRecords.DEPLOYMENT_HISTORY, "deployment_history", "n");
        rows(all, StoredRecords.FIRES, "fires", "schedule, due_at");
        rows(all, StoredRecords.HOOKS, "hooks", "n");
        rows(all, StoredRecords.HOOK_CALLS, "hook_calls", "n");
        rows(all, StoredRecords.INBOX, "inbox", "n");
        rows(all, StoredRecords.AUDIT_CHUNKS, "audit_chunks", "first");
        rows(all, StoredRecords.RULES, "notification_rules", "n");
        rows(all, StoredRecords.NOTIFICATIONS, "notifications", "n");
        rows(all, StoredRecords.FAILING_JOBS, "failing_jobs", "n");
        rows(all, StoredRecords.DELIVERIES, "deliveries", "n");
        rows(all, StoredRecords.ARTIFACT_SETS, "artifact_sets", "job");
        rows(all, StoredRecords.ARTIFACTS, "artifacts", "job, path");
        rows(all, StoredRecords.REMOVED_ARTIFACTS, "removed_artifacts", "folder");
        add(
                all,
                new RecordSql(
                        StoredRecords.JOBS,
                        List.of(QUEUED_AT),
                        "SELECT " + JOB
                                + " FROM jobs j JOIN job_places p ON p.job = j.job LEFT JOIN live_keys k ON k.job = j.job ORDER BY j.job",
                        "SELECT count(*) FROM jobs",
                        INSERT_JOBS));
        add(
                all,
                RecordSql.of(
                        StoredRecords.MODULE_JARS,
                        "p.sha256, p.n, p.body",
                        "module_jar_parts p WHERE EXISTS (SELECT 1 FROM deployments d WHERE d.sha256 = p.sha256)",
                        "p.sha256, p.n",
                        "INSERT INTO module_jar_parts (sha256, n, body) SELECT sha256, n, body FROM g"));
        add(
                all,
                RecordSql.of(
                        StoredRecords.SCHEDULES,
                        SCHEDULE + ", timing, job",
                        "schedules JOIN schedule_requests ON schedule = n",
                        "n",
                        ", s AS (INSERT INTO schedules (" + SCHEDULE + ", room) OVERRIDING SYSTEM VALUE SELECT "
                                + SCHEDULE
                                + ", 0 FROM g) INSERT INTO schedule_requests (schedule, timing, job) SELECT n, timing, job FROM g"));
        add(
                all,
                RecordSql.of(
                        StoredRecords.ZONE_RULES,
                        "rules",
                        "schedule_zone_rules",
                        "one",
                        "INSERT INTO schedule_zone_rules (one, rules) SELECT 1, rules FROM g"));
        add(
                all,
                RecordSql.of(
                        StoredRecords.AUDIT_ANCHOR,
                        "number, hash",
                        "audit_anchor",
                        "number",
                        "INSERT INTO audit_anchor (one, number, hash) SELECT 1, number, hash FROM g"));
        tries(all, StoredRecords.NOTIFICATION_TRIES, "notification_tries", "notification", "NULLIF(status, 0)");
        tries(all, StoredRecords.DELIVERY_TRIES, "delivery_tries", "delivery", "status");
        add(
                all,
                RecordSql.of(
                        StoredRecords.ARTIFACT_PARTS,
                        "c.job, c.name, coalesce(p.n, 0), coalesce(p.body, '')",
                        "artifact_contents c LEFT JOIN artifact_parts p ON p.job = c.job AND p.name = c.name WHERE "
                                + RECORDED,
                        "c.job, c.name, p.n",
                        ", c AS (INSERT INTO artifact_contents (job, name, epoch, kept_at) SELECT DISTINCT job, file, 0, "
                                + StoreClock.MICROS
                                + " FROM g ON CONFLICT (job, name) DO NOTHING) "
                                + "INSERT INTO artifact_parts (job, name, n, body) SELECT job, file, n, body FROM g"));
        return Map.copyOf(all);
    }

    private static void tries(Map<RecordKind, RecordSql> all, RecordKind kind, String table, String of, String status) {
        add(
                all,
                RecordSql.of(
                        kind,
                        of + ", n, at, took_ms, coalesce(status, 0), error, answer",
                        table,
                        of + ", n",
                        "INSERT INTO " + table + " (" + of + ", n, at, took_ms, status, error, answer) " + "SELECT "
                                + of + ", n, at, took_ms, " + status + ", error, answer FROM g"));
    }

    private static void rows(Map<RecordKind, RecordSql> all, RecordKind kind, String table, String order) {
        add(all, RecordSql.rows(kind, table, order));
    }

    private static void add(Map<RecordKind, RecordSql> all, RecordSql sql) {
        all.put(sql.kind(), sql);
    }

    /** Adds what follows from the records. */
    static List<String> settling() {
        List<String> script = new ArrayList<>(
                List.of(
                        "INSERT INTO commits AS c (owner, n, pending, running, completed, failed, stopped) "
                                + "SELECT 0, 0, (SELECT count(*) FROM ready) + (SELECT count(*) FROM later), (SELECT count(*) FROM runs), "
                                + "count(*) FILTER (WHERE status = 'completed'), count(*) FILTER (WHERE status = 'failed'), "
                                + "count(*) FILTER (WHERE status = 'stopped') FROM ended ON CONFLICT (owner, n) DO UPDATE SET pending = excluded.pending, "
                                + "running = excluded.running, completed = excluded.completed, failed = excluded.failed, stopped = excluded.stopped",
                        "INSERT INTO inbox_totals (one, callbacks, characters) SELECT 1, count(*), coalesce(sum(characters), 0) FROM inbox "
                                + "ON CONFLICT (one) DO UPDATE SET callbacks = excluded.callbacks, characters = excluded.characters",
                        "INSERT INTO notification_state AS s (one, rules) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET rules = s.rules + 1",
                        "INSERT INTO deployment_changes AS c (one, number) VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET number = c.number + 1",
                        "INSERT INTO module_jars (sha256, bytes, kept_at) SELECT sha256, sum(length(body)), "
                                + StoreClock.MICROS
                                + " FROM module_jar_parts GROUP BY sha256 ON CONFLICT (sha256) DO NOTHING",
                        "SELECT setval('job_numbers', greatest(1, (SELECT max(job) FROM jobs), (SELECT last_value FROM job_numbers)))"));
        for (String table : NUMBERED) {
            script.add("SELECT setval(pg_get_serial_sequence('" + table + "', 'n'), greatest(max(n), "
                    + "nextval(pg_get_serial_sequence('" + table + "', 'n')))) FROM " + table);
        }
        return List.copyOf(script);
    }
}
