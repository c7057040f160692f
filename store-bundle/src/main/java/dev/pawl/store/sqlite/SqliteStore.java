package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
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
import dev.pawl.store.sqlite.job.JobListQuery;
import dev.pawl.store.sqlite.job.JobReads;
import dev.pawl.store.sqlite.job.JobRuns;
import dev.pawl.store.sqlite.job.JobTallyQuery;
import dev.pawl.store.sqlite.job.Leases;
import dev.pawl.store.sqlite.job.LiveJobs;
import dev.pawl.store.sqlite.job.LogCap;
import dev.pawl.store.sqlite.job.Recovery;
import dev.pawl.store.sqlite.job.RunWrites;
import dev.pawl.store.sqlite.job.WaitingRetries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class SqliteStore implements JobStore, AutoCloseable {

    private final GroupCommit writer;
    private final Readers readers;
    private final LogCap logCap;
    private final LiveJobs live = new LiveJobs();
    private final AuditChain audit = new AuditChain();
    private final People people = new People();
    private final Path databaseFile;
    private final Path dataDir;

    /** Opens the file named by {@code pawl.db.path}. */
    @Activate
    public SqliteStore(@Reference InstantSource clock, BundleContext context) {
        this(StorePlace.of(context), clock, LogCap.of(context::getProperty));
    }

    /** Opens a file, which is created when it does not exist. */
    SqliteStore(Path file, InstantSource clock) {
        this(file, clock, LogCap.DEFAULT);
    }

    public SqliteStore(Path file, InstantSource clock, LogCap logCap) {
        this(StorePlace.at(file), clock, logCap);
    }

    private SqliteStore(StorePlace place, InstantSource clock, LogCap logCap) {
        this(new Database(place.file()), place.dataDir(), Migrations.ofThisRelease(place.file(), clock), logCap);
    }

    /** Opens a file without a framework. This is a method because Declarative Services examines every public constructor. */
    public static SqliteStore open(Path file, InstantSource clock) {
        return new SqliteStore(file, clock);
    }

    /** Opens a file without a framework, with limits for the time that a write may wait. */
    public static SqliteStore open(Path file, InstantSource clock, Duration longestWait) {
        StorePlace place = StorePlace.at(file);
        return new SqliteStore(
                new Database(place.file()),
                place.dataDir(),
                Migrations.ofThisRelease(place.file(), clock),
                LogCap.DEFAULT,
                new WriteLimits(longestWait, WriteLimits.DEFAULT.closing()));
    }

    public SqliteStore(Connections connections, Path dataDir, Migrations migrations, LogCap logCap) {
        this(connections, dataDir, migrations, logCap, WriteLimits.DEFAULT);
    }

    public SqliteStore(
            Connections connections, Path dataDir, Migrations migrations, LogCap logCap, WriteLimits limits) {
        this.databaseFile = connections.file();
        this.dataDir = dataDir;
        this.logCap = logCap;
        this.writer = GroupCommit.open(connections, migrations, limits, new StoreTransactions(live, audit, people));
        this.readers = new Readers(connections, limits.waiting());
    }

    GroupCommit writer() {
        return writer;
    }

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
        writer.drain();
        readers.close();
        writer.close(); // the last connection checkpoints into one file, which only the writing one can do
    }

    @Override
    public CompletionStage<List<Job>> add(List<NewJob> jobs) {
        JobInserts inserts = new JobInserts(jobs, live, people, audit);
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
    public CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Instant until) {
        return change(session -> Leases.keep(session, job, epoch, holder, worker, until, live));
    }

    @Override
    public CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Instant until) {
        return change(session -> Leases.move(session, job, epoch, from, until));
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
    public CompletionStage<Boolean> remove(UUID job, @Nullable AuditedChange change) {
        return change(session -> audited(JobChanges.remove(session, job, live.counts()), change, job.toString()));
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
        if (made && change != null) {
            audit.add(change.done(target));
        }
        return made;
    }

    @Override
    public Optional<Job> find(UUID job) {
        return readers.read(session -> JobReads.find(session, job));
    }

    @Override
    public List<UUID> findByPrefix(String prefix, int limit) {
        return readers.read(session -> JobReads.findByPrefix(session, prefix, limit));
    }

    @Override
    public JobPage<Job> list(JobFilter filter) {
        return readers.read(new JobListQuery(filter));
    }

    @Override
    public List<Job> pending(int limit) {
        return readers.read(session -> JobReads.pending(session, limit));
    }

    @Override
    public long pendingBefore(UUID job) {
        return readers.read(session -> JobReads.pendingBefore(session, job));
    }

    @Override
    public List<Job> running() {
        return readers.read(JobReads::running);
    }

    @Override
    public Map<JobStatus, Long> counts() {
        return readers.readShort(JobReads::counts);
    }

    @Override
    public JobTally tally(JobFilter filter, boolean exact) {
        return readers.read(new JobTallyQuery(filter, exact));
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return readers.read(session -> JobReads.nextDue(session, now));
    }

    @Override
    public List<Run> runs(UUID job, long before, int limit) {
        return readers.read(session -> JobRuns.of(session, job, before, limit));
    }

    @Override
    public List<LogEntry> logs(UUID job, int limit) {
        return readers.read(session -> JobReads.logs(session, job, limit));
    }

    @Override
    public List<LogEntry> logsAfter(UUID job, long after, int limit) {
        return readers.read(session -> JobReads.logsAfter(session, job, after, limit));
    }

    @Override
    public ResultPage results(UUID job, long after, int limit) {
        return readers.read(session -> JobReads.results(session, job, after, limit));
    }
}
