package dev.pawl.store.sqlite;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.store.Added;
import dev.pawl.service.store.BackupReport;
import dev.pawl.service.store.CheckReport;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.PurgeReport;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.service.store.Written;
import dev.pawl.store.sqlite.engine.Connections;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.engine.Transactions;
import dev.pawl.store.sqlite.engine.WriteLimits;
import dev.pawl.store.sqlite.engine.WriteProbe;
import dev.pawl.store.sqlite.job.ClaimQuery;
import dev.pawl.store.sqlite.job.JobChanges;
import dev.pawl.store.sqlite.job.JobInserts;
import dev.pawl.store.sqlite.job.JobListQuery;
import dev.pawl.store.sqlite.job.JobReads;
import dev.pawl.store.sqlite.job.JobRuns;
import dev.pawl.store.sqlite.job.Leases;
import dev.pawl.store.sqlite.job.LogCap;
import dev.pawl.store.sqlite.job.Recovery;
import dev.pawl.store.sqlite.job.RunWrites;
import dev.pawl.store.sqlite.job.WaitingRetries;
import dev.pawl.store.sqlite.upkeep.Backup;
import dev.pawl.store.sqlite.upkeep.Purge;
import dev.pawl.store.sqlite.upkeep.StoreCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The store's one SQLite file, and the jobs in it: changes go to the one writer, reads to the readers. {@link SqliteDocuments} and {@link
 * SqliteDeployments} use the same writer and readers.
 */
@Component(
        service = {SqliteStore.class, JobStore.class, StoreUpkeep.class},
        immediate = true)
public final class SqliteStore implements JobStore, StoreUpkeep, AutoCloseable {

    private final GroupCommit writer;
    private final Readers readers;
    private final LogCap logCap;
    private final Path databaseFile;
    private final Path dataDir;
    private final ReentrantLock backingUp = new ReentrantLock();

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
        this(
                connections.file(),
                dataDir,
                logCap,
                GroupCommit.open(connections, migrations, limits, Transactions.UNFOLLOWED),
                new Readers(connections, limits.waiting()));
    }

    private SqliteStore(Path databaseFile, Path dataDir, LogCap logCap, GroupCommit writer, Readers readers) {
        this.databaseFile = databaseFile;
        this.dataDir = dataDir;
        this.logCap = logCap;
        this.writer = writer;
        this.readers = readers;
    }

    GroupCommit writer() {
        return writer;
    }

    Readers readers() {
        return readers;
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
        JobInserts inserts = new JobInserts(jobs);
        return writer.submit(inserts.size(), inserts);
    }

    @Override
    public CompletionStage<Added> add(List<NewJob> jobs, ClaimRequest request) {
        JobInserts inserts = new JobInserts(jobs);
        ClaimQuery claim = new ClaimQuery(request);
        return writer.submit(inserts.size(), session -> new Added(inserts.read(session), claim.read(session)));
    }

    @Override
    public CompletionStage<List<Job>> claim(ClaimRequest request) {
        return writer.submit(1, new ClaimQuery(request));
    }

    @Override
    public CompletionStage<Written> write(RunWrite write) {
        RunWrites writing = new RunWrites(write, logCap);
        return writer.submit(writing.size(), writing);
    }

    @Override
    public CompletionStage<List<UUID>> recover(int mostCrashes, Instant now) {
        return writer.submit(1, session -> {
            WaitingRetries.bound(session, now);
            return Recovery.afterCrash(session, mostCrashes, now);
        });
    }

    @Override
    public CompletionStage<Integer> moveRetries(Duration by) {
        return writer.submit(1, session -> WaitingRetries.move(session, by));
    }

    @Override
    public CompletionStage<List<UUID>> expireLeases(Instant now) {
        return writer.submit(1, session -> Recovery.afterLease(session, now));
    }

    @Override
    public CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Instant until) {
        return writer.submit(1, session -> Leases.keep(session, job, epoch, holder, worker, until));
    }

    @Override
    public CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Instant until) {
        return writer.submit(1, session -> Leases.move(session, job, epoch, from, until));
    }

    @Override
    public CompletionStage<Boolean> makeDue(UUID job) {
        return writer.submit(1, session -> JobChanges.makeDue(session, job));
    }

    @Override
    public CompletionStage<Boolean> remove(UUID job) {
        return writer.submit(1, session -> JobChanges.remove(session, job));
    }

    @Override
    public CompletionStage<Integer> removePending() {
        return writer.submit(1, JobChanges::removePending);
    }

    @Override
    public PurgeReport purge(PurgeRequest request) {
        return new Purge(writer, readers).run(request);
    }

    @Override
    public BackupReport backup(Path file, boolean replace) {
        backingUp.lock(); // two backups to the same file would conflict
        try {
            return readers.readApart(session -> Backup.write(session, databaseFile, dataDir, file, replace));
        } finally {
            backingUp.unlock();
        }
    }

    @Override
    public Optional<String> trouble() {
        return WriteProbe.trouble(writer);
    }

    @Override
    public CheckReport check() {
        return readers.readApart(session -> StoreCheck.run(session, dataDir));
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
    public Map<JobStatus, Long> counts(String module) {
        return readers.read(session -> JobListQuery.counts(session, module));
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
