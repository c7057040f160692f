package dev.pawl.store.postgres;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import dev.pawl.service.store.WaitingJobs;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.CommitSums;
import dev.pawl.store.postgres.job.JobLists;
import dev.pawl.store.postgres.job.JobReads;
import dev.pawl.store.postgres.job.LogReads;
import dev.pawl.store.postgres.job.RunReads;
import dev.pawl.store.postgres.job.WaitingSums;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The reads of jobs, by the readers of the store. */
abstract class PostgresJobReads implements JobStore {

    abstract Readers readers();

    abstract StoreClock clock();

    abstract long owner();

    /** The numbers of jobs by status. */
    abstract CommitSums sums();

    /** The time of the store up to which no job has become due unseen. */
    abstract Instant lookedAt();

    @Override
    public OpenWaits waits(UUID job, int most) {
        return readers().read(session -> JobReads.waits(session, job, most));
    }

    @Override
    public Optional<Job> find(UUID job) {
        return readers().read(session -> JobReads.find(session, job));
    }

    @Override
    public List<UUID> findByPrefix(String prefix, int limit) {
        return readers().read(session -> JobReads.findByPrefix(session, prefix, limit));
    }

    @Override
    public JobPage<Job> list(JobFilter filter) {
        return readers().read(session -> JobLists.page(session, filter));
    }

    @Override
    public List<Job> pending(int limit) {
        return readers().read(session -> JobReads.pending(session, limit));
    }

    @Override
    public List<WaitingJobs> waitingJobs(Instant now) {
        return readers().read(session -> WaitingSums.of(session, clock().asked(session, now)));
    }

    @Override
    public long pendingBefore(UUID job) {
        return readers().read(session -> JobReads.pendingBefore(session, job));
    }

    @Override
    public Map<UUID, Long> positions(Set<UUID> jobs, int deepest) {
        return readers().read(session -> JobReads.positions(session, jobs, deepest));
    }

    @Override
    public List<Job> running() {
        return readers().read(JobReads::running);
    }

    @Override
    public List<RunningJob> runningJobs() {
        return readers().read(session -> JobReads.runningJobs(session, owner()));
    }

    @Override
    public Map<JobStatus, Long> counts() {
        return readers().read(sums()::read);
    }

    @Override
    public JobTally tally(JobFilter filter, boolean exact) {
        return readers().read(session -> JobLists.tally(session, sums(), filter, exact));
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        Instant given = clock().given();
        Instant from = given == null ? lookedAt() : Micros.kept(now);
        return readers().read(session -> JobReads.nextDue(session, owner(), now, from));
    }

    @Override
    public List<Run> runs(UUID job, long before, int limit) {
        return readers().read(session -> RunReads.of(session, job, before, limit));
    }

    @Override
    public List<LogEntry> logs(UUID job, int limit) {
        return readers().read(session -> LogReads.last(session, job, limit));
    }

    @Override
    public List<LogEntry> logsAfter(UUID job, long after, int limit) {
        return readers().read(session -> LogReads.after(session, job, after, limit));
    }

    @Override
    public LogLines log(UUID job, LogFilter filter) {
        return readers().read(session -> LogReads.selected(session, job, filter));
    }

    @Override
    public ResultPage results(UUID job, long after, int limit) {
        return readers().read(session -> JobReads.results(session, job, after, limit));
    }
}
