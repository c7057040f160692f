package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobMinute;
import dev.pawl.service.store.JobObserver;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import dev.pawl.store.kit.MinuteCounts;
import dev.pawl.store.kit.MinuteText;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.GroupWriter;
import dev.pawl.store.postgres.job.Adding;
import dev.pawl.store.postgres.job.ArtifactsOfEnded;
import dev.pawl.store.postgres.job.Claim;
import dev.pawl.store.postgres.job.CommitSums;
import dev.pawl.store.postgres.job.JobChanges;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.store.postgres.job.MinuteRows;
import dev.pawl.store.postgres.job.Recovery;
import dev.pawl.store.postgres.job.RunWriting;
import dev.pawl.store.postgres.job.WaitingRetries;
import dev.pawl.store.postgres.job.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Changes of jobs in a PostgreSQL database, which go to the one writer of this process. */
abstract class PostgresJobChanges extends PostgresJobReads {

    private volatile int mostCrashes; // 0 until recovery has said

    /** The transactions of this process. */
    abstract Work work();

    @Override
    CommitSums sums() {
        return work().sums();
    }

    abstract LogCap logCap();

    abstract GroupWriter writer();

    private JobChanges changes() {
        return new JobChanges(work());
    }

    /** The number of crashes after which a job fails; 0 until recovery has said. */
    int mostCrashes() {
        return mostCrashes;
    }

    @Override
    public CompletionStage<List<Job>> add(List<NewJob> jobs, @Nullable RequestKey key) {
        return writer().submit(new Adding(work(), jobs, key));
    }

    @Override
    public void attach(JobConsumer consumer) {
        work().claims().attach(consumer);
    }

    @Override
    public void observe(JobObserver observer) {
        work().changes().observe(observer);
    }

    @Override
    public CompletionStage<Void> offer() {
        return change(() -> true).thenAccept(nothing -> {});
    }

    @Override
    public CompletionStage<Void> settled() {
        return writer().settled();
    }

    @Override
    Instant lookedAt() {
        return work().claims().lookedAt();
    }

    @Override
    public CompletionStage<List<Job>> claim(ClaimRequest request) {
        return writer().submit(new Claim(work(), request));
    }

    @Override
    public CompletionStage<Written> write(RunWrite write) {
        return writer().submit(new RunWriting(work(), write, logCap()));
    }

    /** Records artifacts of a job that has ended with a run. */
    CompletionStage<Boolean> addArtifacts(RunId run, List<JobArtifact> artifacts) {
        return writer().submit(new ArtifactsOfEnded(work(), run, artifacts));
    }

    /** A change of rows that no job has, by statements of its own. */
    @FunctionalInterface
    interface Apart<T> {
        T make(Work work) throws SQLException;
    }

    /** Makes a change apart from jobs. */
    <T> CompletionStage<T> apart(long size, Apart<T> change) {
        return writer().submit(new Change<>() {
            @Override
            public T make() throws SQLException {
                return change.make(work());
            }

            @Override
            public long size() {
                return size;
            }
        });
    }

    /** Makes a change after which jobs may be claimable. */
    <T> CompletionStage<T> change(Change<T> change) {
        return writer().submit(looking(change));
    }

    private <T> Change<T> looking(Change<T> change) {
        return () -> {
            work().claims().look();
            return change.make();
        };
    }

    @Override
    public CompletionStage<List<UUID>> recover(int mostCrashes, Instant now) {
        this.mostCrashes = mostCrashes;
        return change(Recovery.afterCrash(work(), mostCrashes));
    }

    @Override
    public boolean hasClock() {
        return clock().given() == null;
    }

    @Override
    public CompletionStage<List<UUID>> expireLeases(Instant now) {
        return change(Recovery.afterLease(work(), now));
    }

    /** Moves times by the clock of the store: that of the database is not set because a caller's is. */
    @Override
    public CompletionStage<Integer> moveRetries(Duration by) {
        return change(() -> clock().given() == null ? 0 : WaitingRetries.move(work(), by));
    }

    @Override
    public CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Duration length) {
        return change(() -> changes().keepLease(job, epoch, holder, worker, length));
    }

    @Override
    public CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Duration left) {
        return change(() -> changes().moveLease(job, epoch, from, left));
    }

    @Override
    public CompletionStage<Boolean> makeDue(UUID job, @Nullable AuditedChange change) {
        return change(() -> work().audit().audited(changes().makeDue(job), change, job.toString()));
    }

    @Override
    public CompletionStage<Boolean> askToStop(UUID job, @Nullable AuditedChange change) {
        return writer().submit(() -> changes().askToStop(job, change));
    }

    @Override
    public CompletionStage<Integer> prioritize(List<UUID> jobs, int priority, @Nullable AuditedChange change) {
        return change(() -> {
            int changed = changes().prioritize(jobs, priority);
            if (jobs.size() == 1) {
                work().audit().audited(changed > 0, change, jobs.get(0).toString());
            }
            return changed;
        });
    }

    @Override
    public CompletionStage<Boolean> remove(UUID job, @Nullable AuditedChange change) {
        return change(() -> work().audit().audited(changes().remove(job), change, job.toString()));
    }

    @Override
    public CompletionStage<Integer> removePending(@Nullable AuditedChange change) {
        return change(() -> {
            int removed = changes().removePending();
            if (change != null) {
                work().audit().add(change.entry(AuditOutcome.DONE, removed + " jobs"));
            }
            return removed;
        });
    }

    @Override
    public List<JobMinute> minutes(Instant from, Instant until) {
        MinuteCounts.Unwritten unwritten;
        List<JobMinute> rows;
        do { // a row that is written between the two reads would be counted twice, or not at all; one is written a
            // minute
            unwritten = work().minutes().unwritten();
            rows = readers().read(session -> MinuteRows.read(session, from, until));
        } while (work().minutes().unwritten().rows() != unwritten.rows());
        JobMinute last = unwritten.minute();
        return last == null || !last.at().isBefore(until) ? rows : MinuteText.with(last, from, rows);
    }

    @Override
    public CompletionStage<Integer> removeMinutes(Instant before, int most) {
        return writer().submit(() -> MinuteRows.removeBefore(work(), before, most));
    }
}
