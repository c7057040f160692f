package dev.pawl.store.sqlite;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobFilter;
import dev.pawl.api.job.JobPage;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.job.LogEntry;
import dev.pawl.api.job.ResultPage;
import dev.pawl.api.job.Run;
import dev.pawl.api.problem.IoReason;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.Added;
import dev.pawl.api.store.BackupReport;
import dev.pawl.api.store.CheckReport;
import dev.pawl.api.store.ClaimRequest;
import dev.pawl.api.store.DeploymentStore;
import dev.pawl.api.store.DocumentStore;
import dev.pawl.api.store.JobStore;
import dev.pawl.api.store.NewJob;
import dev.pawl.api.store.PurgeReport;
import dev.pawl.api.store.PurgeRequest;
import dev.pawl.api.store.RunWrite;
import dev.pawl.api.store.StoreUpkeep;
import dev.pawl.api.store.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** All stores on one SQLite file: changes go to the one writer, reads to the readers. */
@Component(
        service = {JobStore.class, DocumentStore.class, DeploymentStore.class, StoreUpkeep.class},
        immediate = true)
public final class SqliteStore extends BesideJobs implements JobStore, StoreUpkeep, AutoCloseable {

    private final GroupCommit writer;
    private final Readers readers;
    private final LogCap logCap;
    private final Path databaseFile;
    private final Path dataDir;
    private final ReentrantLock backingUp = new ReentrantLock();

    /** Opens the file that {@code pawl.db.path} names. */
    @Activate
    public SqliteStore(@Reference InstantSource clock, BundleContext context) {
        this(StorePlace.of(context), clock, LogCap.of(context::getProperty));
    }

    /** Opens a file, which is made when it is not there. */
    SqliteStore(Path file, InstantSource clock) {
        this(file, clock, LogCap.DEFAULT);
    }

    SqliteStore(Path file, InstantSource clock, LogCap logCap) {
        this(StorePlace.at(file), clock, logCap);
    }

    private SqliteStore(StorePlace place, InstantSource clock, LogCap logCap) {
        this(new Database(place.file()), place.dataDir(), Migrations.ofThisRelease(place.file(), clock), logCap);
    }

    /** Opens a file without a framework; a method, since Declarative Services looks at every public constructor. */
    public static SqliteStore open(Path file, InstantSource clock) {
        return new SqliteStore(file, clock);
    }

    /** The same, where a write waits no longer than so for another program's lock. */
    public static SqliteStore open(Path file, InstantSource clock, Duration longestWait) {
        StorePlace place = StorePlace.at(file);
        return new SqliteStore(
                new Database(place.file()),
                place.dataDir(),
                Migrations.ofThisRelease(place.file(), clock),
                LogCap.DEFAULT,
                new WriteLimits(longestWait, WriteLimits.DEFAULT.closing()));
    }

    SqliteStore(Connections connections, Path dataDir, Migrations migrations, LogCap logCap) {
        this(connections, dataDir, migrations, logCap, WriteLimits.DEFAULT);
    }

    SqliteStore(Connections connections, Path dataDir, Migrations migrations, LogCap logCap, WriteLimits limits) {
        this(
                connections.file(),
                dataDir,
                logCap,
                open(connections, migrations, limits),
                new Readers(connections, limits.waiting()));
    }

    private SqliteStore(Path databaseFile, Path dataDir, LogCap logCap, GroupCommit writer, Readers readers) {
        super(writer, readers);
        this.databaseFile = databaseFile;
        this.dataDir = dataDir;
        this.logCap = logCap;
        this.writer = writer;
        this.readers = readers;
    }

    private static GroupCommit open(Connections connections, Migrations migrations, WriteLimits limits) {
        Path file = connections.file().toAbsolutePath();
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Session session = connections.writer();
            try {
                migrations.run(session);
                return new GroupCommit(connections, session, limits);
            } catch (SQLException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The folder of the store " + file + " cannot be made: " + IoReason.of(e) + ".",
                    e);
        } catch (SQLException e) {
            throw Faults.problem(file, e);
        }
    }

    /** Takes no more, and returns when what was taken is on disk. */
    @Override
    @Deactivate
    public void close() {
        writer.drain();
        readers.close();
        writer.close(); // the last connection leaves one tidy file, and only one that may write can
    }

    @Override
    public CompletionStage<List<Job>> add(List<NewJob> jobs) {
        Additions additions = new Additions(jobs);
        return writer.submit(additions.size(), additions);
    }

    @Override
    public CompletionStage<Added> add(List<NewJob> jobs, ClaimRequest request) {
        Additions additions = new Additions(jobs);
        Claim claim = new Claim(request);
        return writer.submit(additions.size(), session -> new Added(additions.read(session), claim.read(session)));
    }

    @Override
    public CompletionStage<List<Job>> claim(ClaimRequest request) {
        return writer.submit(1, new Claim(request));
    }

    @Override
    public CompletionStage<Written> write(RunWrite write) {
        RunWriting writing = new RunWriting(write, logCap);
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
        backingUp.lock(); // two to one file would be in each other's way
        try {
            return readers.readApart(session -> Backup.write(session, databaseFile, dataDir, file, replace));
        } finally {
            backingUp.unlock();
        }
    }

    @Override
    public Optional<String> trouble() {
        return Probe.trouble(writer);
    }

    @Override
    public CheckReport check() {
        return readers.readApart(session -> Check.run(session, dataDir));
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
        return readers.read(new Listing(filter));
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
        return readers.readAMoment(JobReads::counts);
    }

    @Override
    public Map<JobStatus, Long> counts(String module) {
        return readers.read(session -> Listing.counts(session, module));
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
