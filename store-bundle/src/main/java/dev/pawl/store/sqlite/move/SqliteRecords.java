package dev.pawl.store.sqlite.move;

import dev.pawl.launch.RecordKind;
import dev.pawl.store.kit.move.StoredRecords;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables that each kind of records has in SQLite; parts of files have none. */
final class SqliteRecords {

    /** Tables of what follows from records. */
    static final Set<String> WITHOUT_RECORDS =
            Set.of("job_counts", "people", "job_stops", "job_callbacks", "requests", "artifact_total", "inbox_totals");

    /** Additions to a job: whether its request has a row of its own, and the callback that it asks for. */
    private static final List<String> OF_REQUEST = List.of("long_request", "callback_events", "callback_host");

    private static final String JOB = """
            j.seq, j.id, j.status, j.module_key, j.priority, j.rank, j.created_at, j.search_title, coalesce(j.request, r.body), \
            CASE WHEN j.status = 'pending' THEN j.due_at END, CASE WHEN j.status = 'running' THEN j.leased_until END, \
            CASE WHEN j.status = 'running' THEN j.trial_until END, j.completed_at, \
            CASE WHEN j.completed_at IS NULL THEN j.unique_key END, s.id, s.name, \
            CASE WHEN j.completed_at IS NOT NULL THEN e.id END, CASE WHEN j.completed_at IS NOT NULL THEN e.name END, \
            j.epoch, j.attempt, j.crashes, j.crash_mark, coalesce(j.crashes_at_mark, 0), j.task_index, j.elapsed_ns, j.started_at, \
            j.run_started_at, j.parked, j.worker, j.module_version, j.percent, j.info, j.lines, j.lines_dropped, j.log_size, j.results, \
            j.final_results, j.failure\
            """;
    private static final String JOBS =
            "jobs j LEFT JOIN requests r ON r.job = j.seq LEFT JOIN people s ON s.n = j.started_by "
                    + "LEFT JOIN job_stops x ON x.job = j.seq LEFT JOIN people e ON e.n = x.person";
    private static final String CARRIED =
            "status, module_key, priority, rank, created_at, search_title, due_at, leased_until, trial_until, "
                    + "completed_at, unique_key, epoch, attempt, crashes, crash_mark, task_index, elapsed_ns, started_at, run_started_at, "
                    + "parked, worker, module_version, percent, info, lines, lines_dropped, log_size, results, final_results, failure";
    private static final String[] INSERT_JOB = {
        "INSERT INTO people (id, name) SELECT starter_id, starter_name FROM g WHERE starter_id IS NOT NULL ON CONFLICT DO NOTHING",
        "INSERT INTO people (id, name) SELECT stopper_id, stopper_name FROM g WHERE stopper_id IS NOT NULL ON CONFLICT DO NOTHING",
        "INSERT INTO jobs (seq, id, " + CARRIED + ", crashes_at_mark, request, started_by) SELECT job, id, " + CARRIED
                + ", NULLIF(crashes_at_mark, 0), CASE WHEN long_request = 0 THEN request END, "
                + "(SELECT p.n FROM people p WHERE p.id = starter_id AND p.name = starter_name) FROM g",
        "INSERT INTO requests (job, body) SELECT job, request FROM g WHERE long_request = 1",
        "INSERT INTO job_stops (job, person) SELECT job, p.n FROM g JOIN people p ON p.id = stopper_id AND p.name = stopper_name",
        "INSERT INTO job_callbacks (job, events, host) SELECT job, callback_events, callback_host FROM g WHERE callback_host IS NOT NULL"
    };

    private static final String SCHEDULE =
            "n, name, revision, changed_at, timed_at, paused, origin, origin_name, origin_changed, settled_at, "
                    + "next_at, fire_at, last_at, last_job";
    private static final String HOOK = "n, name, revision, changed_at, paused, callback_source";

    private static final Map<RecordKind, RecordSql> ALL = all();

    private SqliteRecords() {}

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
        add(
                all,
                new RecordSql(
                        StoredRecords.JOBS,
                        OF_REQUEST,
                        "SELECT " + JOB + " FROM " + JOBS + " ORDER BY j.seq",
                        "SELECT count(*) FROM jobs",
                        List.of(INSERT_JOB)));
        rows(all, StoredRecords.TASK_STATES, "task_states", "job");
        rows(all, StoredRecords.LOG_LINES, "log_lines", "job, n");
        rows(all, StoredRecords.RESULTS, "results", "job, n");
        rows(all, StoredRecords.FORMER_RUNS, "former_runs", "job, epoch");
        rows(all, StoredRecords.DONE_TASKS, "done_tasks", "job, epoch, task_index");
        rows(all, StoredRecords.KEPT_KEYS, "kept_unique_keys", "job");
        rows(all, StoredRecords.JOB_WAITS, "job_waits", "prerequisite, job");
        rows(all, StoredRecords.ENDED_PREREQUISITES, "ended_prerequisites", "n");
        rows(all, StoredRecords.JOB_MINUTES, "job_minutes", "minute");
        add(
                all,
                RecordSql.of(
                        StoredRecords.DOCUMENTS,
                        "owner, name, body, coalesce(changed_at, 0)",
                        "documents WHERE " + StoredRecords.MOVED_DOCUMENTS,
                        "owner, name",
                        "INSERT INTO documents (owner, name, body, changed_at) SELECT owner, name, body, NULLIF(changed_at, 0) FROM g"));
        rows(all, StoredRecords.KEPT_ANSWERS, "kept_answers", "n");
        rows(all, StoredRecords.SECRETS, "secrets", "name");
        rows(all, StoredRecords.DEPLOYMENTS, "deployments", "n");
        rows(all, StoredRecords.DEPLOYMENT_HISTORY, "deployment_history", "n");
        add(
                all,
                RecordSql.of(
                        StoredRecords.SCHEDULES,
                        SCHEDULE + ", timing, job",
                        "schedules JOIN schedule_requests ON schedule = n",
                        "n",
                        "INSERT INTO schedules (" + SCHEDULE + ") SELECT " + SCHEDULE + " FROM g",
                        "INSERT INTO schedule_requests (schedule, timing, job) SELECT n, timing, job FROM g"));
        add(
                all,
                RecordSql.of(
                        StoredRecords.ZONE_RULES,
                        "rules",
                        "schedule_zone_rules",
                        "rules",
                        "INSERT INTO schedule_zone_rules (only, rules) SELECT 1, rules FROM g"));
        rows(all, StoredRecords.FIRES, "fires", "schedule, due_at");
        add(
                all,
                RecordSql.of(
                        StoredRecords.HOOKS,
                        HOOK + ", definition, job",
                        "hooks JOIN hook_requests ON hook = n",
                        "n",
                        "INSERT INTO hooks (" + HOOK + ", room) SELECT " + HOOK + ", 0 FROM g",
                        "INSERT INTO hook_requests (hook, definition, job) SELECT n, definition, job FROM g"));
        rows(all, StoredRecords.HOOK_CALLS, "hook_calls", "n");
        rows(all, StoredRecords.INBOX, "inbox", "n");
        rows(all, StoredRecords.AUDIT_CHUNKS, "audit_chunks", "first");
        add(
                all,
                RecordSql.of(
                        StoredRecords.AUDIT_ANCHOR,
                        "number, hash",
                        "audit_anchor WHERE number > 0",
                        "number",
                        "UPDATE audit_anchor SET (number, hash) = (SELECT number, hash FROM g)"));
        rows(all, StoredRecords.RULES, "notification_rules", "n");
        rows(all, StoredRecords.NOTIFICATIONS, "notifications", "n");
        tries(all, StoredRecords.NOTIFICATION_TRIES, "notification_tries", "notification");
        rows(all, StoredRecords.FAILING_JOBS, "failing_jobs", "n");
        rows(all, StoredRecords.DELIVERIES, "deliveries", "n");
        tries(all, StoredRecords.DELIVERY_TRIES, "delivery_tries", "delivery");
        rows(all, StoredRecords.ARTIFACT_SETS, "artifact_sets", "job");
        rows(all, StoredRecords.ARTIFACTS, "artifacts", "job, path");
        rows(all, StoredRecords.REMOVED_ARTIFACTS, "removed_artifacts", "folder");
        return Map.copyOf(all);
    }

    private static void tries(Map<RecordKind, RecordSql> all, RecordKind kind, String table, String of) {
        add(
                all,
                RecordSql.of(
                        kind,
                        of + ", n, at, took_ms, coalesce(status, 0), error, answer",
                        table,
                        of + ", n",
                        "INSERT INTO " + table + " (" + of + ", n, at, took_ms, status, error, answer) SELECT " + of
                                + ", n, at, took_ms, NULLIF(status, 0), error, answer FROM g"));
    }

    private static void rows(Map<RecordKind, RecordSql> all, RecordKind kind, String table, String order) {
        add(all, RecordSql.rows(kind, table, order));
    }

    private static void add(Map<RecordKind, RecordSql> all, RecordSql sql) {
        all.put(sql.kind(), sql);
    }

    /** Adds what follows from the records. */
    static List<String> settling() {
        return List.of(
                "UPDATE job_counts SET jobs = (SELECT count(*) FROM jobs j WHERE j.status = job_counts.status)",
                "UPDATE artifact_total SET bytes = (SELECT coalesce(sum(bytes), 0) FROM artifact_sets)",
                "UPDATE inbox_totals SET (callbacks, characters) = (SELECT count(*), coalesce(sum(characters), 0) FROM inbox)",
                "UPDATE schedules SET fires = (SELECT count(*) FROM fires f WHERE f.schedule = schedules.n)");
    }
}
