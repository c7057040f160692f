package dev.pawl.store.sqlite.job;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobAuthors.Author;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import dev.pawl.store.kit.CrashMark;
import dev.pawl.store.kit.FailureJson;
import dev.pawl.store.kit.JsonColumn;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.Rank;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.sqlite.artifact.ArtifactRows;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.audit.People;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the writes of a run, if it is still the job's current one. JSON is written on the caller's thread. */
public final class RunWrites implements Session.Reading<Written> {

    private static final String INSERT_LINE =
            "INSERT INTO log_lines (job, n, at, level, task_index, epoch, message) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_RESULT =
            "INSERT INTO results (job, n, at, task_index, body) VALUES (?, ?, ?, ?, ?)";
    private static final String SAVE_TASK = """
            INSERT INTO task_states (job, checkpoint, version, settings) VALUES (?, ?, ?, ?) ON CONFLICT (job) DO UPDATE SET \
            checkpoint = coalesce(excluded.checkpoint, checkpoint), \
            version = CASE WHEN excluded.checkpoint IS NULL THEN version ELSE excluded.version END, \
            settings = coalesce(excluded.settings, settings)\
            """;
    private static final String KEEP_DONE =
            "INSERT INTO done_tasks (job, epoch, task_index, module_version) VALUES (?, ?, ?, ?)";
    private static final String CLEAR_TASK = "DELETE FROM task_states WHERE job = ?";
    private static final String LINES_ONLY = "UPDATE jobs SET lines = ?, lines_dropped = ?, log_size = ? WHERE seq = ?";
    private static final String GO_ON = """
            UPDATE jobs SET lines = ?, lines_dropped = ?, log_size = ?, results = ?, final_results = ?, crashes = ?, task_index = ?, \
            percent = coalesce(?, percent), info = coalesce(?, info), elapsed_ns = max(elapsed_ns, ?), module_version = ? WHERE seq = ?\
            """;
    private static final String MOVE = """
            UPDATE jobs SET lines = ?, lines_dropped = ?, log_size = ?, results = ?, final_results = ?, crashes = ?, \
            percent = coalesce(?, percent), info = coalesce(?, info), elapsed_ns = max(elapsed_ns, coalesce(?, 0)), \
            module_version = ?, \
            status = ?, rank = ?, due_at = ?, leased_until = NULL, attempt = ?, completed_at = ?, parked = ?, failure = ? \
            WHERE seq = ?\
            """;

    private static final String STOPPED_BY = "INSERT INTO job_stops (job, person) VALUES (?, ?)";
    private static final String IS_AT_MARK = "SELECT count(*) FROM jobs WHERE seq = ? AND crash_mark = ?";
    private static final String END_TRIAL = "UPDATE jobs SET trial_until = NULL WHERE seq = ?";
    private static final String FORGET_CRASHES =
            "UPDATE jobs SET trial_until = NULL, crash_mark = NULL, crashes_at_mark = NULL WHERE seq = ?";

    private final RunWrite write;
    private final LogCap cap;
    private final LiveJobs live;
    private final People people;
    private final AuditChain audit;
    private final @Nullable String checkpoint;
    private final @Nullable String settings;
    private final @Nullable Double percent;
    private final @Nullable String info;

    public RunWrites(RunWrite write, LogCap cap, LiveJobs live, People people, AuditChain audit) {
        this.write = write;
        this.cap = cap;
        this.live = live;
        this.people = people;
        this.audit = audit;
        Map<String, Object> values = write.task().checkpoint();
        checkpoint = values == null ? null : JsonColumn.write(values);
        Map<String, Object> begunWith = write.task().settings();
        settings = begunWith == null ? null : JsonColumn.write(begunWith);
        Progress progress = write.task().progress();
        percent = progress == null ? null : progress.percent();
        info = progress == null ? null : JsonColumn.write(progress.info());
    }

    /** The approximate number of characters that it holds. */
    public long size() {
        long size = length(checkpoint) + length(settings) + length(info);
        size += write.lines().stream()
                .mapToLong(line -> line.message().length())
                .sum();
        size += write.results().stream()
                .mapToLong(result -> result.json().length())
                .sum();
        size += write.artifacts().stream()
                .mapToLong(
                        artifact -> artifact.path().length() + artifact.sha256().length())
                .sum();
        return size;
    }

    @Override
    public Written read(Session session) throws SQLException {
        RunRow row = live.runs().find(session, write.run());
        check(row);
        insertLines(session, row);
        RunMove move = write.move();
        boolean parks = move instanceof RunMove.Parked;
        boolean nextTask = move instanceof RunMove.NextTask;
        boolean isFinal = checkpoint != null || (move != null && !parks);
        long emitted = row.results() + write.results().size();
        long finalResults = isFinal ? emitted : row.finalResults();
        if (parks) {
            TentativeResults.ofTentativeResults(session, row.seq(), row.results(), finalResults);
        }
        insertResults(session, row, parks ? finalResults : emitted);
        ArtifactRows.add(session, row.seq(), write.run().job(), write.artifacts());
        saveTask(session, row, nextTask);
        LogCap.Extent log = log(session, row);
        int crashes = crashes(session, row, nextTask);
        Counts counts = new Counts(log, parks ? finalResults : emitted, finalResults, crashes);
        if (row.status() == JobStatus.PENDING && move == null) {
            session.update(LINES_ONLY, log.last(), log.dropped(), log.size(), row.seq());
        } else if (move == null || nextTask) {
            goOn(session, row, counts, nextTask);
        } else {
            move(session, row, counts, move);
        }
        live.runs().wrote(write.run().job(), row, after(row, counts, nextTask));
        observed(move);
        audited(session, row);
        return new Written(row.log().last() + 1, row.results() + 1);
    }

    private void observed(@Nullable RunMove move) {
        JobChange.Kind kind = kind(move);
        if (kind != null) {
            live.changes().note(kind, write.run().job(), write.run().epoch());
        }
    }

    private JobChange.@Nullable Kind kind(@Nullable RunMove move) {
        if (move == null) {
            return percent == null ? null : JobChange.Kind.PROGRESS;
        }
        if (move instanceof RunMove.NextTask) {
            return JobChange.Kind.NEXT_TASK;
        }
        return move instanceof RunMove.Parked ? JobChange.Kind.WAITING : JobChange.Kind.ENDED;
    }

    private void audited(Session session, RunRow row) throws SQLException {
        AuditedChange change = write.change();
        if (change != null && write.move() instanceof RunMove.Stopped) {
            session.update(
                    STOPPED_BY,
                    row.seq(),
                    people.number(session, Author.of(change.actor().principal())));
        }
        if (change != null && change.hasEntry()) {
            audit.add(change.done(write.run().job().toString()));
        }
    }

    private RunRow after(RunRow row, Counts counts, boolean nextTask) {
        RunMove move = write.move();
        return row.after(
                move == null ? row.status() : move.status(),
                nextTask ? row.taskIndex() + 1 : row.taskIndex(),
                counts.crashes(),
                counts.log(),
                counts.results(),
                counts.finalResults(),
                nextTask ? null : version(row));
    }

    private LogCap.Extent log(Session session, RunRow row) throws SQLException {
        if (write.lines().isEmpty()) {
            return row.log();
        }
        long added = write.lines().stream()
                .mapToLong(line -> line.message().length())
                .sum();
        LogCap.Extent before = row.log();
        long last = before.last() + write.lines().size();
        return cap.trim(session, row.seq(), new LogCap.Extent(last, before.dropped(), before.size() + added));
    }

    /** Clears the crashes when the job has made progress since the last one, or its run ends normally. */
    private int crashes(Session session, RunRow row, boolean nextTask) throws SQLException {
        RunMove move = write.move();
        Map<String, Object> saved = write.task().checkpoint();
        if (row.crashes() == 0 || (move == null && saved == null)) {
            return row.crashes();
        }
        boolean moves = move != null;
        if (!moves && saved != null) {
            String mark = CrashMark.of(row.taskIndex(), JsonColumn.map(checkpoint));
            if (session.number(IS_AT_MARK, row.seq(), mark) != 0) {
                return row.crashes();
            }
        }
        session.update(moves && !nextTask ? FORGET_CRASHES : END_TRIAL, row.seq());
        return 0;
    }

    private record Counts(LogCap.Extent log, long results, long finalResults, int crashes) {}

    private void check(RunRow row) {
        if (row.epoch() != write.run().epoch()) {
            throw stale("the job is at run " + row.epoch());
        }
        if (row.status().isFinal()) {
            throw stale("the job is " + row.status().wireName());
        }
        boolean hasMoreThanLines = !write.results().isEmpty()
                || !write.artifacts().isEmpty()
                || !write.task().equals(RunWrite.TaskChange.NONE);
        if (write.whileWaiting() != (row.status() == JobStatus.PENDING)) {
            throw stale(write.whileWaiting() ? "the job does not wait any more" : "it is over, and the job waits");
        }
        if (write.whileWaiting() && hasMoreThanLines) {
            throw stale("the job is waiting and accepts only lines and an end");
        }
        RunMove move = write.move();
        if (move != null && !allowed(row.status(), move)) {
            throw stale("the job is " + row.status().wireName() + " and cannot become "
                    + move.status().wireName() + " by this write");
        }
    }

    /** Whether the move is allowed. The next task does not change the status, but only a running job can get there. */
    private static boolean allowed(JobStatus from, RunMove move) {
        return move instanceof RunMove.NextTask
                ? from == JobStatus.RUNNING
                : from.successors().contains(move.status());
    }

    private StaleRunException stale(String why) {
        return new StaleRunException(
                "Run " + write.run().epoch() + " of job " + write.run().job() + " was refused: " + why + ".");
    }

    private void insertLines(Session session, RunRow row) throws SQLException {
        long n = row.log().last();
        for (RunWrite.Line line : write.lines()) {
            n++;
            session.update(
                    INSERT_LINE,
                    row.seq(),
                    n,
                    Micros.of(line.timestamp()),
                    line.level().name(),
                    write.taskIndex(),
                    write.run().epoch(),
                    line.message());
        }
    }

    /** Inserts results up to number {@code last}; those that would be rolled back at once are left out. */
    private void insertResults(Session session, RunRow row, long last) throws SQLException {
        long n = row.results();
        for (RunWrite.Emitted result : write.results()) {
            n++;
            if (n <= last) {
                session.update(
                        INSERT_RESULT, row.seq(), n, Micros.of(result.timestamp()), write.taskIndex(), result.json());
            }
        }
    }

    private void saveTask(Session session, RunRow row, boolean nextTask) throws SQLException {
        if (nextTask) {
            session.update(KEEP_DONE, row.seq(), row.epoch(), row.taskIndex(), version(row));
            session.update(CLEAR_TASK, row.seq());
        } else if (checkpoint != null || settings != null) {
            session.update(SAVE_TASK, row.seq(), checkpoint, version(row), settings);
        }
    }

    private void goOn(Session session, RunRow row, Counts counts, boolean nextTask) throws SQLException {
        session.update(
                GO_ON,
                counts.log().last(),
                counts.log().dropped(),
                counts.log().size(),
                counts.results(),
                counts.finalResults(),
                counts.crashes(),
                nextTask ? row.taskIndex() + 1 : row.taskIndex(),
                nextTask ? Double.valueOf(0) : percent,
                nextTask ? "{}" : info,
                write.elapsed().toNanos(),
                nextTask ? null : version(row),
                row.seq());
    }

    private @Nullable String version(RunRow row) {
        String said = write.task().moduleVersion();
        return said == null ? row.moduleVersion() : said;
    }

    private void move(Session session, RunRow row, Counts counts, RunMove move) throws SQLException {
        RunMove.Parked parked = move instanceof RunMove.Parked waiting ? waiting : null;
        ParkReason reason = parked == null ? null : parked.reason();
        Failure failure = move instanceof RunMove.Failed failed ? failed.failure() : null;
        if (parked != null) {
            failure = parked.failure();
        }
        session.update(
                MOVE,
                counts.log().last(),
                counts.log().dropped(),
                counts.log().size(),
                counts.results(),
                counts.finalResults(),
                counts.crashes(),
                percent,
                info,
                row.status() == JobStatus.PENDING ? null : write.elapsed().toNanos(),
                version(row),
                move.status().wireName(),
                Rank.of(row.priority(), reason, row.runStartedAt()),
                parked == null ? null : Micros.ofNullable(parked.dueAt()),
                row.attempt() + (reason == ParkReason.RETRY ? 1 : 0),
                parked == null ? Micros.of(move.at()) : null,
                StatusText.parkedText(reason),
                FailureJson.write(failure),
                row.seq());
        live.counts().moved(row.status(), move.status());
        if (parked == null) {
            live.ended(session, write.run().job(), row, move);
        } else {
            live.claims().look();
            JobRuns.keep(
                    session, row.seq(), row.epoch(), parked.at(), JobRuns.outcome(parked.reason()), parked.failure());
        }
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
