package dev.pawl.store.postgres.job;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.JobArtifact;
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
import dev.pawl.store.postgres.engine.Change;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the writes of a run, if it is still the job's current one. JSON is written on the caller's thread. */
public final class RunWriting implements Change<Written> {

    private final Work work;
    private final RunWrite write;
    private final LogCap cap;
    private final @Nullable String checkpoint;
    private final @Nullable String settings;
    private final @Nullable String info;

    public RunWriting(Work work, RunWrite write, LogCap cap) {
        this.work = work;
        this.write = write;
        this.cap = cap;
        Map<String, Object> values = write.task().checkpoint();
        checkpoint = values == null ? null : JsonColumn.write(values);
        Map<String, Object> begunWith = write.task().settings();
        settings = begunWith == null ? null : JsonColumn.write(begunWith);
        Progress progress = write.task().progress();
        info = progress == null ? null : JsonColumn.write(progress.info());
    }

    @Override
    public List<UUID> jobs() {
        return List.of(write.run().job());
    }

    @Override
    public boolean isEnd() {
        return write.move() != null && !(write.move() instanceof RunMove.NextTask);
    }

    @Override
    public long size() {
        long size = length(checkpoint) + length(settings) + length(info);
        for (RunWrite.Line line : write.lines()) {
            size += line.message().length();
        }
        for (RunWrite.Emitted result : write.results()) {
            size += result.json().length();
        }
        for (JobArtifact artifact : write.artifacts()) {
            size += artifact.path().length() + artifact.sha256().length();
        }
        return size;
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    @Override
    public Written make() throws SQLException {
        JobRecord record = work.records().find(write.run().job());
        if (record == null) {
            throw stale("the job no longer exists");
        }
        check(record);
        JobColumns now = record.now;
        Written numbers = new Written(now.lines + 1, now.results + 1);
        work.touch(record);
        lines(record);
        RunMove move = write.move();
        boolean parks = move instanceof RunMove.Parked;
        boolean nextTask = move instanceof RunMove.NextTask;
        boolean isFinal = checkpoint != null || (move != null && !parks);
        results(record, isFinal);
        String said = write.task().moduleVersion();
        now.moduleVersion = said == null ? now.moduleVersion : said;
        crashes(record, nextTask);
        work.rows().artifacts().add(record.job, record.id, write.artifacts());
        saveTask(record, nextTask);
        progress(now);
        if (write.whileWaiting()) {
            now.elapsedNs = Math.max(now.elapsedNs, 0);
        } else {
            now.elapsedNs = Math.max(now.elapsedNs, write.elapsed().toNanos());
        }
        if (nextTask) {
            now.taskIndex++;
            now.percent = 0;
            now.info = null;
            now.moduleVersion = null;
        } else if (move instanceof RunMove.Parked parked) {
            park(record, parked);
        } else if (move != null) {
            end(record, move);
        }
        observed(move);
        work.audit().audited(true, write.change(), write.run().job().toString());
        return numbers;
    }

    private void check(JobRecord record) {
        JobStatus status = record.now.status;
        if (record.now.epoch != write.run().epoch()) {
            throw stale("the job is at run " + record.now.epoch);
        }
        if (status.isFinal()) {
            throw stale("the job is " + status.wireName());
        }
        if (write.whileWaiting() != (status == JobStatus.PENDING)) {
            throw stale(write.whileWaiting() ? "the job does not wait any more" : "it is over, and the job waits");
        }
        boolean hasMoreThanLines = !write.results().isEmpty()
                || !write.artifacts().isEmpty()
                || !write.task().equals(RunWrite.TaskChange.NONE);
        if (write.whileWaiting() && hasMoreThanLines) {
            throw stale("the job is waiting and accepts only lines and an end");
        }
        RunMove move = write.move();
        if (move != null && !allowed(status, move)) {
            throw stale("the job is " + status.wireName() + " and cannot become "
                    + move.status().wireName() + " by this write");
        }
        if (record.now.place == Place.RUNS && record.now.isWithoutLease() && record.now.owner != work.owner()) {
            throw stale("it runs in another process");
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

    private void lines(JobRecord record) throws SQLException {
        JobColumns now = record.now;
        for (RunWrite.Line line : write.lines()) {
            now.lines++;
            now.logSize += line.message().length();
            work.rows()
                    .line(
                            record.job,
                            now.lines,
                            Micros.of(line.timestamp()),
                            line.level().name(),
                            write.taskIndex(),
                            write.run().epoch(),
                            line.message());
        }
        if (!write.lines().isEmpty()) {
            work.news().written(record);
            cap.trim(work, record);
        }
    }

    private void results(JobRecord record, boolean isFinal) {
        JobColumns now = record.now;
        for (RunWrite.Emitted result : write.results()) {
            now.results++;
            work.rows()
                    .result(record.job, now.results, Micros.of(result.timestamp()), write.taskIndex(), result.json());
        }
        if (isFinal) {
            now.finalResults = now.results;
        }
    }

    /** Clears the crashes when the job has made progress since the last one, or its run ends normally. */
    private void crashes(JobRecord record, boolean nextTask) {
        JobColumns now = record.now;
        boolean moves = write.move() != null;
        if (now.crashes == 0 || (!moves && checkpoint == null)) {
            return;
        }
        if (!moves && CrashMark.of(now.taskIndex, JsonColumn.map(checkpoint)).equals(now.crashMark)) {
            return;
        }
        now.trialUntil = null;
        now.crashes = 0;
        if (moves && !nextTask) {
            now.crashMark = null;
            now.crashesAtMark = 0;
        }
    }

    private void saveTask(JobRecord record, boolean nextTask) {
        if (nextTask) {
            work.rows().doneTask(record, record.now.moduleVersion);
            if (record.checkpoint != null || record.settings != null) {
                record.checkpoint = null;
                record.checkpointVersion = null;
                record.settings = null;
                work.rows().savedTask(record);
            }
        } else if (checkpoint != null || settings != null) {
            record.checkpoint = checkpoint == null ? record.checkpoint : checkpoint;
            record.checkpointVersion = checkpoint == null ? record.checkpointVersion : record.now.moduleVersion;
            record.settings = settings == null ? record.settings : settings;
            work.rows().savedTask(record);
        }
    }

    private void progress(JobColumns now) {
        Progress progress = write.task().progress();
        if (progress != null) {
            now.percent = progress.percent();
            now.info = info;
        }
    }

    private void park(JobRecord record, RunMove.Parked parked) {
        JobColumns now = record.now;
        Duration pause = parked.dueAt() == null ? null : Duration.between(parked.at(), parked.dueAt());
        work.rows()
                .formerRun(
                        record,
                        Micros.of(work.now()),
                        RunOutcomes.of(parked.reason()).wireName(),
                        FailureJson.write(parked.failure()));
        RunOutcomes.forget(work, record);
        if (now.results > now.finalResults) {
            work.rows().dropResults(record.job, now.finalResults);
            now.results = now.finalResults;
        }
        now.lane = Rank.of(record.priority, parked.reason(), Micros.instantOrNull(now.runStartedAt));
        now.dueAt = pause == null ? null : Micros.ofNullable(work.now().plus(pause));
        now.leaseUntil = null;
        now.owner = 0;
        now.trialUntil = null;
        now.attempt += parked.reason() == ParkReason.RETRY ? 1 : 0;
        now.parked = StatusText.parkedText(parked.reason());
        now.failure = FailureJson.write(parked.failure());
        work.move(record, JobStatus.PENDING, now.dueAt == null ? Place.READY : Place.LATER);
    }

    private void end(JobRecord record, RunMove move) throws SQLException {
        JobColumns now = record.now;
        if (write.change() != null && move instanceof RunMove.Stopped) {
            Author stopper = Author.of(write.change().actor().principal());
            now.stopperId = stopper.id();
            now.stopperName = stopper.name();
        }
        Ends.end(work, record, move.status(), move instanceof RunMove.Failed failed ? failed.failure() : null);
    }

    private void observed(@Nullable RunMove move) {
        JobChange.Kind kind = kind(move);
        if (kind != null) {
            work.changes().note(kind, write.run().job(), write.run().epoch());
        }
    }

    private JobChange.@Nullable Kind kind(@Nullable RunMove move) {
        if (move == null) {
            return info == null ? null : JobChange.Kind.PROGRESS;
        }
        if (move instanceof RunMove.NextTask) {
            return JobChange.Kind.NEXT_TASK;
        }
        return move instanceof RunMove.Parked ? JobChange.Kind.WAITING : JobChange.Kind.ENDED;
    }
}
