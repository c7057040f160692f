package dev.pawl.store.kit.move;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.RecordKind.Column;
import java.util.Arrays;
import java.util.List;

/**
 * The kinds of records that a store keeps, each after those that its records refer to. Not among them is what a store has for itself: sums and
 * copies that follow from records, leases, and whose work something is at the moment.
 */
public final class StoredRecords {

    /** Jobs with their requests, in the order in which they were added. A job that runs is one whose process is gone. */
    public static final RecordKind JOBS = kind(
            "jobs",
            "job n, id i, status t, module_key t, priority n, rank n, created_at n, search_title t, request t, due_at n, leased_until n, "
                    + "trial_until n, completed_at n, unique_key t, starter_id t, starter_name t, stopper_id t, stopper_name t, epoch n, "
                    + "attempt n, crashes n, crash_mark t, crashes_at_mark n, task_index n, elapsed_ns n, started_at n, run_started_at n, "
                    + "parked t, worker t, module_version t, percent r, info t, lines n, lines_dropped n, log_size n, results n, "
                    + "final_results n, failure t");

    public static final RecordKind TASK_STATES = kind("saved tasks", "job n, checkpoint t, version t, settings t");
    public static final RecordKind LOG_LINES =
            kind("log lines", "job n, n n, at n, level t, task_index n, epoch n, message t");
    public static final RecordKind RESULTS = kind("results", "job n, n n, at n, task_index n, body t");
    public static final RecordKind FORMER_RUNS = kind(
            "former runs",
            "job n, epoch n, task_index n, module_version t, worker t, started_at n, ended_at n, outcome t, failure t");
    public static final RecordKind DONE_TASKS = kind("done tasks", "job n, epoch n, task_index n, module_version t");
    public static final RecordKind KEPT_KEYS = kind("kept unique keys", "job n, unique_key t, kept_for n");
    public static final RecordKind JOB_WAITS = kind("waits", "prerequisite i, job n, completion f, not_before n");
    public static final RecordKind ENDED_PREREQUISITES = kind("ends of awaited jobs", "n n, job i, outcome t, at n");
    public static final RecordKind JOB_MINUTES = kind(
            "minutes",
            "minute n, added n, started n, completed n, failed n, stopped n, waiting n, running n, waits t, runs t");
    public static final RecordKind DOCUMENTS = kind("documents", "owner t, name t, body t, changed_at n");

    /**
     * The condition on documents that move. Settings of modules are documents where servers share a store, and files of the data folder
     * otherwise; the keys of servers are compared where they share one. Either is the truth there alone, and would be out of date elsewhere.
     */
    public static final String MOVED_DOCUMENTS = "owner NOT IN ('pawl:settings', 'pawl:keys')";

    public static final RecordKind KEPT_ANSWERS = kind("kept answers", "n n, key t, digest t, at n, answer t");
    public static final RecordKind SECRETS = kind("secrets", "name t, sealed t, modules t, changed_at n, changed_by t");
    public static final RecordKind DEPLOYMENTS = kind(
            "deployments",
            "n n, bundle t, version t, sha256 t, modules t, origin t, source t, enabled f, installed_at n, installed_by t, signer t, "
                    + "is_current f");
    public static final RecordKind DEPLOYMENT_HISTORY = kind(
            "deployment history",
            "n n, bundle t, modules t, happened_at n, happened_by t, action t, from_version t, to_version t, sha256 t, outcome t, detail t");
    public static final RecordKind MODULE_JARS = kind("parts of module jars", "sha256 t, n n, body b");
    public static final RecordKind SCHEDULES = kind(
            "schedules",
            "n n, name t, revision n, changed_at n, timed_at n, paused f, origin t, origin_name t, origin_changed f, settled_at n, "
                    + "next_at n, fire_at n, last_at n, last_job i, timing t, job t");
    public static final RecordKind ZONE_RULES = kind("rules of time zones", "rules t");
    public static final RecordKind FIRES =
            kind("fires", "schedule n, due_at n, fired_at n, job i, outcome t, detail t, open f");
    public static final RecordKind HOOKS =
            kind("hooks", "n n, name t, revision n, changed_at n, paused f, callback_source t, definition t, job t");
    public static final RecordKind HOOK_CALLS =
            kind("calls of hooks", "n n, hook n, at n, delivery_id t, outcome t, job i, detail t, held_until n");
    public static final RecordKind INBOX = kind(
            "received callbacks",
            "n n, id i, received_at n, callback_id t, source t, status t, payload t, characters n");
    public static final RecordKind AUDIT_CHUNKS =
            kind("parts of the audit log", "first n, entries n, latest n, hash b, body b");
    public static final RecordKind AUDIT_ANCHOR = kind("anchors of the audit log", "number n, hash b");
    public static final RecordKind RULES = kind(
            "rules of notifications",
            "n n, name t, revision n, changed_at n, host t, definition t, ran_to n, waited_to n");
    public static final RecordKind NOTIFICATIONS = kind(
            "notifications",
            "n n, id i, rule n, event t, state t, closed_at n, since n, next_at n, tries n, count n, first_at n, last_at n, examples t");
    public static final RecordKind NOTIFICATION_TRIES =
            kind("tries of notifications", "notification n, n n, at n, took_ms n, status n, error t, answer t");
    public static final RecordKind FAILING_JOBS = kind("failing jobs", "n n, rule n, job_kind i, since n, failures n");
    public static final RecordKind DELIVERIES =
            kind("deliveries", "n n, job n, event t, host t, state t, added_at n, since n, next_at n, tries n");
    public static final RecordKind DELIVERY_TRIES =
            kind("tries of deliveries", "delivery n, n n, at n, took_ms n, status n, error t, answer t");
    public static final RecordKind ARTIFACT_SETS = kind("jobs with artifacts", "job n, folder i, files n, bytes n");
    public static final RecordKind ARTIFACTS =
            kind("artifacts", "job n, path t, file t, size n, content_type t, sha256 t, task_index n, at n");
    public static final RecordKind ARTIFACT_PARTS = kind("parts of artifacts", "job i, file t, n n, body b");
    public static final RecordKind REMOVED_ARTIFACTS = kind("removed artifacts", "folder i");

    /** The size of parts of files; the last part of a file is shorter, or the file has none. */
    public static final int PART_BYTES = 512 << 10;

    private static final List<RecordKind> ALL = List.of(
            JOBS,
            TASK_STATES,
            LOG_LINES,
            RESULTS,
            FORMER_RUNS,
            DONE_TASKS,
            KEPT_KEYS,
            JOB_WAITS,
            ENDED_PREREQUISITES,
            JOB_MINUTES,
            DOCUMENTS,
            KEPT_ANSWERS,
            SECRETS,
            DEPLOYMENTS,
            DEPLOYMENT_HISTORY,
            MODULE_JARS,
            SCHEDULES,
            ZONE_RULES,
            FIRES,
            HOOKS,
            HOOK_CALLS,
            INBOX,
            AUDIT_CHUNKS,
            AUDIT_ANCHOR,
            RULES,
            NOTIFICATIONS,
            NOTIFICATION_TRIES,
            FAILING_JOBS,
            DELIVERIES,
            DELIVERY_TRIES,
            ARTIFACT_SETS,
            ARTIFACTS,
            ARTIFACT_PARTS,
            REMOVED_ARTIFACTS);

    private StoredRecords() {}

    /** All kinds. */
    public static List<RecordKind> all() {
        return ALL;
    }

    private static RecordKind kind(String name, String columns) {
        return new RecordKind(
                name,
                Arrays.stream(columns.split(", "))
                        .map(column -> column.split(" "))
                        .map(column -> new Column(column[0], type(column[1])))
                        .toList());
    }

    private static RecordKind.Type type(String letter) {
        return switch (letter) {
            case "n" -> RecordKind.Type.NUMBER;
            case "r" -> RecordKind.Type.REAL;
            case "f" -> RecordKind.Type.FLAG;
            case "i" -> RecordKind.Type.ID;
            case "b" -> RecordKind.Type.BYTES;
            default -> RecordKind.Type.TEXT;
        };
    }
}
