package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads of the runs of jobs: the latest run is in the row that says where the job stands, each earlier one has a row of its own. */
public final class RunReads {

    /** The approximate memory of a run without its failure, in characters. */
    private static final long RUN_CHARACTERS = 300;

    private static final String DONE =
            "SELECT epoch, task_index, module_version FROM done_tasks WHERE job = ? AND epoch >= ? ORDER BY epoch, task_index";
    private static final String FORMER =
            "SELECT epoch, task_index, module_version, worker, started_at, ended_at, outcome, failure "
                    + "FROM former_runs WHERE job = ? AND epoch < ? ORDER BY epoch DESC LIMIT ?";

    private RunReads() {}

    public static List<Run> of(Session session, UUID job, long before, int limit) throws SQLException {
        return session.atOneMoment(moment -> {
            List<JobRecord> latest = moment.byKeys(JobRecord.BY_IDS, JobRecord::read, SqlArray.ids(List.of(job)));
            if (latest.isEmpty()) {
                return List.of();
            }
            JobRecord record = latest.get(0);
            Deque<Run> runs = new ArrayDeque<>();
            moment.listUpTo(
                            JobStore.PAGE_CHARACTERS,
                            RunReads::weight,
                            FORMER,
                            RunReads::former,
                            record.job,
                            before,
                            limit)
                    .forEach(runs::addFirst);
            long known = runs.isEmpty() ? 0 : runs.getLast().epoch();
            if (record.now.epoch > known && record.now.epoch < before) {
                runs.addLast(latest(record));
            }
            if (runs.size() > limit) {
                runs.removeFirst();
            }
            Map<Long, List<Run.DoneTask>> done = runs.isEmpty()
                    ? Map.of()
                    : done(moment, record.job, runs.getFirst().epoch());
            return runs.stream()
                    .map(run -> run.having(done.getOrDefault(run.epoch(), List.of())))
                    .toList();
        });
    }

    private static long weight(Run run) {
        Failure failure = run.failure();
        String stack = failure == null ? null : failure.stack();
        return RUN_CHARACTERS
                + (failure == null ? 0 : failure.message().length())
                + (stack == null ? 0 : stack.length());
    }

    private static Map<Long, List<Run.DoneTask>> done(Session session, long job, long first) throws SQLException {
        Map<Long, List<Run.DoneTask>> done = new HashMap<>();
        session.list(
                DONE,
                row -> done.computeIfAbsent(row.getLong(1), epoch -> new ArrayList<>())
                        .add(new Run.DoneTask(row.getInt(2), Session.text(row, 3))),
                job,
                first);
        return done;
    }

    private static Run former(ResultSet row) throws SQLException {
        return new Run(
                row.getLong(1),
                row.getInt(2),
                Session.text(row, 3),
                Session.text(row, 4),
                Micros.read(row, 5),
                Micros.read(row, 6),
                RunOutcome.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                FailureJson.read(Session.text(row, 8)));
    }

    private static Run latest(JobRecord record) {
        JobColumns now = record.now;
        Long began = now.runStartedAt == null ? now.startedAt : now.runStartedAt;
        return new Run(
                now.epoch,
                now.taskIndex,
                now.moduleVersion,
                now.worker,
                Micros.instant(began == null ? record.createdAt : began),
                Micros.instantOrNull(now.completedAt),
                outcome(now.status),
                failure(now));
    }

    private static @Nullable Failure failure(JobColumns now) {
        return FailureJson.read(now.failure);
    }

    private static RunOutcome outcome(JobStatus status) {
        return switch (status) {
            case RUNNING -> RunOutcome.RUNNING;
            case COMPLETED -> RunOutcome.COMPLETED;
            case FAILED -> RunOutcome.FAILED;
            case STOPPED -> RunOutcome.STOPPED;
            case PENDING ->
                RunOutcome.INTERRUPTED; // its former run has a row; without one it would have been interrupted
        };
    }
}
