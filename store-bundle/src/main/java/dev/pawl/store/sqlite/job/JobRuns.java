package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of jobs: the latest run is in the job's row, each earlier one has a row of its own. */
public final class JobRuns {

    /** The approximate memory of a run without its failure, in characters. */
    private static final int RUN_CHARACTERS = 300;

    private static final String KEEP = """
            INSERT INTO former_runs (job, epoch, task_index, module_version, worker, started_at, ended_at, outcome, failure) \
            SELECT seq, epoch, task_index, module_version, worker, coalesce(run_started_at, started_at, created_at), ?, ?, ? \
            FROM jobs WHERE seq = ?\
            """;
    private static final String FORGET = "DELETE FROM former_runs WHERE job = ? AND epoch <= ?";
    private static final String FORGET_DONE = "DELETE FROM done_tasks WHERE job = ? AND epoch <= ?";
    private static final String DONE =
            "SELECT epoch, task_index, module_version FROM done_tasks WHERE job = ? AND epoch >= ? ORDER BY epoch, task_index";
    private static final String FORMER = """
            SELECT epoch, task_index, module_version, worker, started_at, ended_at, outcome, failure \
            FROM former_runs WHERE job = ? AND epoch < ? ORDER BY epoch DESC LIMIT ?\
            """;
    private static final String LATEST = """
            SELECT seq, epoch, task_index, module_version, worker, coalesce(run_started_at, started_at, created_at), \
            completed_at, status, failure FROM jobs WHERE id = ?\
            """;

    /** The latest run, from the job's own row. */
    private record Latest(long seq, Run run) {}

    private JobRuns() {}

    /** Stores the job's latest run as an ended one; its module version is in the job's row already. */
    static void keep(
            Session session, long seq, long epoch, Instant endedAt, RunOutcome outcome, @Nullable Failure failure)
            throws SQLException {
        session.update(KEEP, Micros.of(endedAt), outcome.wireName(), FailureJson.write(failure), seq);
        if (epoch > JobStore.MOST_RUNS) {
            session.update(FORGET, seq, epoch - JobStore.MOST_RUNS);
            session.update(FORGET_DONE, seq, epoch - JobStore.MOST_RUNS);
        }
    }

    public static List<Run> of(Session session, UUID job, long before, int limit) throws SQLException {
        return session.atOneMoment(moment -> {
            Optional<Latest> latest = moment.first(LATEST, JobRuns::latest, JobIds.bytes(job));
            if (latest.isEmpty()) {
                return List.of();
            }
            long seq = latest.get().seq();
            Deque<Run> runs = new ArrayDeque<>();
            moment.listUpTo(
                            JobStore.PAGE_CHARACTERS,
                            (run, row) -> weight(run),
                            FORMER,
                            JobRuns::former,
                            seq,
                            before,
                            limit)
                    .forEach(runs::addFirst);
            long known = runs.isEmpty() ? 0 : runs.getLast().epoch();
            Run present = latest.get().run();
            if (present.epoch() > known && present.epoch() < before) {
                runs.addLast(present);
            }
            if (runs.size() > limit) {
                runs.removeFirst();
            }
            Map<Long, List<Run.DoneTask>> done = runs.isEmpty()
                    ? Map.of()
                    : done(moment, seq, runs.getFirst().epoch());
            return runs.stream()
                    .map(run -> run.having(done.getOrDefault(run.epoch(), List.of())))
                    .toList();
        });
    }

    private static long weight(Run run) {
        return RUN_CHARACTERS + JobRow.weight(run.failure());
    }

    /** The finished tasks of the runs from an epoch on, by their epochs. */
    private static Map<Long, List<Run.DoneTask>> done(Session session, long seq, long first) throws SQLException {
        Map<Long, List<Run.DoneTask>> done = new HashMap<>();
        session.list(
                DONE,
                row -> done.computeIfAbsent(row.getLong(1), epoch -> new ArrayList<>())
                        .add(new Run.DoneTask(row.getInt(2), row.getString(3))),
                seq,
                first);
        return done;
    }

    /** The outcome of a run that is parked for a reason. */
    static RunOutcome outcome(ParkReason reason) {
        return switch (reason) {
            case INTERRUPTED -> RunOutcome.INTERRUPTED;
            case RETRY -> RunOutcome.RETRY;
            case MODULE_GONE -> RunOutcome.MODULE_GONE;
            case MODULE_UPDATE -> RunOutcome.MODULE_UPDATE;
        };
    }

    private static Run former(ResultSet row) throws SQLException {
        return new Run(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                Micros.read(row, 5),
                Micros.read(row, 6),
                RunOutcome.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                FailureJson.read(row.getString(8)));
    }

    private static Latest latest(ResultSet row) throws SQLException {
        RunOutcome outcome =
                switch (StatusText.status(row.getString(8))) {
                    case RUNNING -> RunOutcome.RUNNING;
                    case COMPLETED -> RunOutcome.COMPLETED;
                    case FAILED -> RunOutcome.FAILED;
                    case STOPPED -> RunOutcome.STOPPED;
                    case PENDING -> RunOutcome.INTERRUPTED; // parked by a release that kept no former runs
                };
        return new Latest(
                row.getLong(1),
                new Run(
                        row.getLong(2),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        Micros.read(row, 6),
                        Micros.readNullable(row, 7),
                        outcome,
                        FailureJson.read(row.getString(9))));
    }
}
