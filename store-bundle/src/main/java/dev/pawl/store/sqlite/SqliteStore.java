package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobMinute;
import dev.pawl.service.store.JobObserver;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.Written;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.audit.People;
import dev.pawl.store.sqlite.engine.Connections;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.WriteLimits;
import dev.pawl.store.sqlite.job.ClaimQuery;
import dev.pawl.store.sqlite.job.JobChanges;
import dev.pawl.store.sqlite.job.JobInserts;
import dev.pawl.store.sqlite.job.JobPriorities;
import dev.pawl.store.sqlite.job.Leases;
import dev.pawl.store.sqlite.job.LiveJobs;
import dev.pawl.store.sqlite.job.LogCap;
import dev.pawl.store.sqlite.job.MinuteRows;
import dev.pawl.store.sqlite.job.RecordedMinutes;
import dev.pawl.store.sqlite.job.Recovery;
import dev.pawl.store.sqlite.job.RunWrites;
import dev.pawl.store.sqlite.job.WaitingRetries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The store's one SQLite file, and the jobs in it: changes go to the one writer, reads to the readers. {@link SqliteUpkeep}, {@link
 * SqliteDocuments}, {@link SqliteDeployments}, {@link SqliteArtifacts}, {@link SqliteSecrets}, {@link SqliteSchedules}, {@link
 * SqliteDeliveries} and {@link SqliteAudit} use the same writer and readers.
 */
@Component(
        service = {SqliteStore.class, JobStore.class},
        immediate = true)
public final class SqliteStore extends SqliteJobReads implements AutoCloseable {

    private final GroupCommit writer;
    private final Readers readers;
    private final LogCap logCap;
    private final LiveJobs live;
    private final AuditChain audit = new AuditChain();
    private final People people = new People();
    private final Path databaseFile;
    private final Path dataDir;

    /** Opens the file named by {@code pawl.db.path}. */
    @Activate
    public SqliteStore(@Reference InstantSource clock, BundleContext context) {
        this(StorePlace.of(context), clock, LogCap.of(context::getProperty), WriteLimits.DEFAULT);
    }

    /** Opens a file, which is created when it does not exist. */
    SqliteStore(Path file, InstantSource clock) {
        this(file, clock, LogCap.DEFAULT);
    }

    public SqliteStore(Path file, InstantSource clock, LogCap logCap) {
        this(StorePlace.at(file), clock, logCap, WriteLimits.DEFAULT);
    }

    private SqliteStore(StorePlace place, InstantSource clock, LogCap logCap, WriteLimits limits) {
        this(
                new Database(place.file()),
                place.dataDir(),
                Migrations.ofThisRelease(place.file(), clock, place.release()),
                logCap,
                limits,
                clock);
    }

    /** Opens a file without a framework. This is a method because Declarative Services examines every public constructor. */
    public static SqliteStore open(Path file, InstantSource clock) {
        return new SqliteStore(file, clock);
    }

    /** Opens a store without a framework, as the release that it names. */
    static SqliteStore open(StorePlace place, InstantSource clock) {
        return new SqliteStore(place, clock, LogCap.DEFAULT, WriteLimits.DEFAULT);
    }

    /** Opens a file without a framework, with limits for the time that a write may wait. */
    public static SqliteStore open(Path file, InstantSource clock, Duration longestWait) {
        WriteLimits limits = new WriteLimits(longestWait, WriteLimits.DEFAULT.closing());
        return new SqliteStore(StorePlace.at(file), clock, LogCap.DEFAULT, limits);
    }

    public SqliteStore(
            Connections connections,
            Path dataDir,
            Migrations migrations,
            LogCap logCap,
            WriteLimits limits,
            InstantSource clock) {
        this.databaseFile = connections.file();
        this.dataDir = dataDir;
        this.logCap = logCap;
        this.live = new LiveJobs(clock);
        this.writer = GroupCommit.open(connections, migrations, limits, new StoreTransactions(live, audit, people));
        this.readers = new Readers(connections, limits.waiting());
    }

    GroupCommit writer() {
        return writer;
    }

    @Override
    Readers readers() {
        return readers;
    }

    LiveJobs live() {
        return live;
    }

    AuditChain audit() {
        return audit;
    }

    Path databaseFile() {
        return databaseFile;
    }

    Path dataDir() {
        return dataDir;
    }

    /** Accepts no more writes, and returns when the accepted ones are on disk. */
    @Override
    @Deactivate
    public void close() {
        if (live.minutes().unwritten().minute() != null) {
            var unused = writer.submit(1, session -> {
                JobMinute all = live.minutes().all();
                if (all != null) {
                    MinuteRows.add(session, all);
                }
                return true;
            });
        }
        writer.drain();
        readers.close();
        writer.close(); // the last connection checkpoints into one file, which only the writing one can do
    }

    @Override
    public CompletionStage<List<Job>> add(List<NewJob> jobs, @Nullable RequestKey key) {
        JobInserts inserts = new JobInserts(jobs, key, live, people, audit);
        return writer.submit(inserts.size(), inserts);
    }

    @Override
    public void attach(JobConsumer consumer) {
        live.attach(consumer);
    }

    @Override
    public void observe(JobObserver observer) {
        live.changes().observe(observer);
    }

    @Override
    public CompletionStage<Void> offer() {
        return change(session -> 0).thenAccept(nothing -> {});
    }

    @Override
    public CompletionStage<Void> settled() {
        return writer.settled();
    }

    @Override
    public CompletionStage<List<Job>> claim(ClaimRequest request) {
        return writer.submit(1, new ClaimQuery(request, live));
    }

    @Override
    public CompletionStage<Written> write(RunWrite write) {
        RunWrites writing = new RunWrites(write, logCap, live, people, audit);
        return writer.submit(writing.size(), writing);
    }

    /** Makes a change after which what is known of live jobs is read anew. */
    private <T> CompletionStage<T> change(Session.Reading<T> change) {
        return writer.submit(1, session -> live.apart(session, change));
    }

    @Override
    public CompletionStage<List<UUID>> recover(int mostCrashes, Instant now) {
        return change(session -> {
            WaitingRetries.bound(session, now);
            return Recovery.afterCrash(session, mostCrashes, now, live);
        });
    }

    @Override
    public CompletionStage<Integer> moveRetries(Duration by) {
        return change(session -> WaitingRetries.move(session, by));
    }

    @Override
    public CompletionStage<List<UUID>> expireLeases(Instant now) {
        return change(session -> {
            List<UUID> expired = Recovery.afterLease(session, now, live.counts());
            live.changes().waiting(expired);
            return expired;
        });
    }

    @Override
    public CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Duration lease) {
        return change(session ->
                Leases.keep(session, job, epoch, holder, worker, live.now().plus(lease), live));
    }

    @Override
    public CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Duration left) {
        return change(
                session -> Leases.move(session, job, epoch, from, live.now().plus(left)));
    }

    @Override
    public CompletionStage<Boolean> makeDue(UUID job, @Nullable AuditedChange change) {
        return change(session -> {
            boolean due = JobChanges.makeDue(session, job);
            if (due) {
                live.changes().changed(List.of(job));
            }
            return audited(due, change, job.toString());
        });
    }

    @Override
    public CompletionStage<Integer> prioritize(List<UUID> jobs, int priority, @Nullable AuditedChange change) {
        return change(session -> {
            int changed = JobPriorities.change(session, jobs, priority);
            live.changes().changed(changed == 0 ? List.of() : jobs);
            if (jobs.size() == 1) {
                audited(changed > 0, change, jobs.get(0).toString());
            }
            return changed;
        });
    }

    @Override
    public List<JobMinute> minutes(Instant from, Instant until) {
        return new RecordedMinutes(readers, live.minutes()).between(from, until);
    }

    @Override
    public CompletionStage<Integer> removeMinutes(Instant before, int most) {
        return writer.submit(1, session -> MinuteRows.removeBefore(session, before, most));
    }

    @Override
    public CompletionStage<Boolean> remove(UUID job, @Nullable AuditedChange change) {
        return change(session -> audited(JobChanges.remove(session, job, live), change, job.toString()));
    }

    @Override
    public CompletionStage<Integer> removePending(@Nullable AuditedChange change) {
        return change(session -> {
            int removed = JobChanges.removePending(session, live.counts());
            if (change != null) {
                audit.add(change.entry(AuditOutcome.DONE, removed + " jobs"));
            }
            return removed;
        });
    }

    /** Adds the entry of a change that was made. */
    private boolean audited(boolean made, @Nullable AuditedChange change, String target) {
        if (made && change != null && change.hasEntry()) {
            audit.add(change.done(target));
        }
        return made;
    }
}
