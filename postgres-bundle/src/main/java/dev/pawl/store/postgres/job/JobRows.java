package dev.pawl.store.postgres.job;

import dev.pawl.store.postgres.artifact.NewArtifacts;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.SqlRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows that a transaction writes beside the places of jobs: requests, lines, results, and the ends of runs. */
final class JobRows {

    private static final String DROP_RESULTS =
            "DELETE FROM results r USING unnest(?::bigint[], ?::bigint[]) AS g (job, n) WHERE r.job = g.job AND r.n > g.n";
    private static final List<String> OF_REMOVED = List.of(
            "jobs",
            "log_lines",
            "results",
            "task_states",
            "former_runs",
            "done_tasks",
            "live_keys",
            "kept_keys",
            "job_waits",
            "deliveries",
            "artifact_sets");

    private final SqlRows jobs = new SqlRows(
            "jobs",
            "",
            "job",
            "bigint",
            "id",
            "uuid",
            "module_key",
            "text",
            "priority",
            "integer",
            "created_at",
            "bigint",
            "queued_at",
            "bigint",
            "search_title",
            "text",
            "request",
            "text",
            "starter_id",
            "text",
            "starter_name",
            "text");
    private final SqlRows lines = new SqlRows(
            "log_lines",
            "",
            "job",
            "bigint",
            "n",
            "bigint",
            "at",
            "bigint",
            "level",
            "text",
            "task_index",
            "integer",
            "epoch",
            "bigint",
            "message",
            "text");
    private final SqlRows results = new SqlRows(
            "results", "", "job", "bigint", "n", "bigint", "at", "bigint", "task_index", "integer", "body", "text");
    private final SqlRows formerRuns = new SqlRows(
            "former_runs",
            "",
            "job",
            "bigint",
            "epoch",
            "bigint",
            "task_index",
            "integer",
            "module_version",
            "text",
            "worker",
            "text",
            "started_at",
            "bigint",
            "ended_at",
            "bigint",
            "outcome",
            "text",
            "failure",
            "text");
    private final SqlRows doneTasks = new SqlRows(
            "done_tasks", "", "job", "bigint", "epoch", "bigint", "task_index", "integer", "module_version", "text");
    private final SqlRows taskStates = new SqlRows(
            "task_states",
            " ON CONFLICT (job) DO UPDATE SET checkpoint = excluded.checkpoint, version = excluded.version, settings = excluded.settings",
            "job",
            "bigint",
            "checkpoint",
            "text",
            "version",
            "text",
            "settings",
            "text");
    private final SqlRows liveKeys = new SqlRows("live_keys", "", "unique_key", "text", "job", "bigint");
    private final SqlRows keptKeys =
            new SqlRows("kept_keys", "", "job", "bigint", "unique_key", "text", "kept_for", "bigint");
    private final SqlRows waits = new SqlRows(
            "job_waits", "", "prerequisite", "uuid", "job", "bigint", "completion", "boolean", "not_before", "bigint");
    private final Map<Long, Long> droppedAfter = new LinkedHashMap<>(); // results of jobs after their last final one
    private final Set<JobRecord> savedTasks = new HashSet<>();
    private final NewArtifacts artifacts = new NewArtifacts();
    private final Set<Long> removed = new HashSet<>();
    private final Set<JobRecord> held =
            new LinkedHashSet<>(); // jobs that must not have ended when the transaction does
    private final List<SqlCall> others = new ArrayList<>();

    void job(JobRecord job, String searchTitle) {
        jobs.add(
                job.job,
                job.id,
                job.moduleKey,
                job.priority,
                job.createdAt,
                job.queuedAt,
                searchTitle,
                job.request,
                job.starter == null ? null : job.starter.id(),
                job.starter == null ? null : job.starter.name());
    }

    void line(long job, long n, long at, String level, int taskIndex, long epoch, String message) {
        lines.add(job, n, at, level, taskIndex, epoch, message);
    }

    void result(long job, long n, long at, int taskIndex, String body) {
        results.add(job, n, at, taskIndex, body);
    }

    /** Drops the results of a job after a number: the next run emits them again. */
    void dropResults(long job, long after) {
        results.removeIf(row -> Long.valueOf(job).equals(row[0]) && row[1] instanceof Long n && n > after);
        droppedAfter.put(job, after);
    }

    void formerRun(JobRecord job, long endedAt, String outcome, @Nullable String failure) {
        JobColumns now = job.now;
        Long began = now.runStartedAt == null ? now.startedAt : now.runStartedAt;
        formerRuns.add(
                job.job,
                now.epoch,
                now.taskIndex,
                now.moduleVersion,
                now.worker,
                began == null ? job.createdAt : began,
                endedAt,
                outcome,
                failure);
    }

    void doneTask(JobRecord job, @Nullable String version) {
        doneTasks.add(job.job, job.now.epoch, job.now.taskIndex, version);
    }

    /** The checkpoint or the settings of the job's task are others. */
    void savedTask(JobRecord job) {
        savedTasks.add(job);
    }

    void liveKey(String key, long job) {
        liveKeys.add(key, job);
    }

    void keptKey(long job, String key, long keptFor) {
        keptKeys.add(job, key, keptFor);
    }

    void wait(UUID prerequisite, long job, boolean completion, @Nullable Long notBefore) {
        waits.add(prerequisite, job, completion, notBefore);
    }

    /** A job must not have ended, nor may it end on another server before this transaction does. */
    void hold(JobRecord job) {
        held.add(job);
    }

    /** The artifacts that are recorded. */
    NewArtifacts artifacts() {
        return artifacts;
    }

    void removed(long job) {
        removed.add(job);
    }

    /** A statement that comes after those of the rows. */
    void other(SqlCall call) {
        others.add(call);
    }

    /** Statements that come after those of the rows, in this order. */
    void others(List<SqlCall> calls) {
        others.addAll(calls);
    }

    /** Adds the statements that come before those of the places. */
    void before(List<SqlCall> calls) {
        jobs.moveTo(calls);
        hold(calls);
        if (!droppedAfter.isEmpty()) {
            calls.add(new SqlCall(
                    DROP_RESULTS, SqlArray.numbers(droppedAfter.keySet()), SqlArray.numbers(droppedAfter.values())));
            droppedAfter.clear();
        }
    }

    /** Locks the rows of held jobs; those that this transaction moves are held by their deletion. */
    private void hold(List<SqlCall> calls) {
        Map<String, List<Long>> byTable = new TreeMap<>();
        for (JobRecord job : held) {
            JobColumns stored = job.stored;
            if (stored != null && stored.place == job.now.place) {
                byTable.computeIfAbsent(stored.place.table(), table -> new ArrayList<>())
                        .add(job.job);
            }
        }
        byTable.forEach((table, jobs) -> calls.add(SqlCall.holding(table, jobs)));
        held.clear();
    }

    /** Adds the statements that come after those of the places. */
    void after(Collection<JobRecord> touched, List<SqlCall> calls) {
        List<Long> keyed = touched.stream()
                .filter(record -> record.now.place == Place.ENDED && record.hasUniqueKey())
                .map(record -> record.job)
                .toList();
        if (!keyed.isEmpty()) {
            calls.add(new SqlCall("DELETE FROM live_keys WHERE job = ANY (?)", SqlArray.numbers(keyed)));
        }
        lines.moveTo(calls);
        results.moveTo(calls);
        formerRuns.moveTo(calls);
        doneTasks.moveTo(calls);
        tasks(calls);
        liveKeys.moveTo(calls);
        keptKeys.moveTo(calls);
        waits.moveTo(calls);
        artifacts.moveTo(calls);
        if (!removed.isEmpty()) {
            OF_REMOVED.forEach(table ->
                    calls.add(new SqlCall("DELETE FROM " + table + " WHERE job = ANY (?)", SqlArray.numbers(removed))));
            removed.clear();
        }
        calls.addAll(others);
        others.clear();
    }

    private void tasks(List<SqlCall> calls) {
        List<Long> empty = new ArrayList<>();
        for (JobRecord job : savedTasks) {
            if (job.checkpoint == null && job.settings == null) {
                empty.add(job.job);
            } else {
                taskStates.add(job.job, job.checkpoint, job.checkpointVersion, job.settings);
            }
        }
        savedTasks.clear();
        if (!empty.isEmpty()) {
            calls.add(new SqlCall("DELETE FROM task_states WHERE job = ANY (?)", SqlArray.numbers(empty)));
        }
        taskStates.moveTo(calls);
    }

    void clear() {
        List.of(jobs, lines, results, formerRuns, doneTasks, taskStates, liveKeys, keptKeys, waits)
                .forEach(SqlRows::clear);
        droppedAfter.clear();
        savedTasks.clear();
        artifacts.clear();
        removed.clear();
        held.clear();
        others.clear();
    }
}
