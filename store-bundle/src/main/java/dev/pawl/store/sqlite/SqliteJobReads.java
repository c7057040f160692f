package dev.pawl.store.sqlite;

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
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.job.JobListQuery;
import dev.pawl.store.sqlite.job.JobReads;
import dev.pawl.store.sqlite.job.JobRuns;
import dev.pawl.store.sqlite.job.JobTallyQuery;
import dev.pawl.store.sqlite.job.LogReads;
import dev.pawl.store.sqlite.job.WaitRows;
import dev.pawl.store.sqlite.job.WaitingJobsQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The reads of jobs, by the readers of the store. */
abstract class SqliteJobReads implements JobStore {

    abstract Readers readers();

    @Override
    public OpenWaits waits(UUID job, int most) {
        return readers().read(session -> WaitRows.of(session, job, most));
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
        return readers().read(new JobListQuery(filter));
    }

    @Override
    public List<Job> pending(int limit) {
        return readers().read(session -> JobReads.pending(session, limit));
    }

    @Override
    public List<WaitingJobs> waitingJobs(Instant now) {
        return readers().read(new WaitingJobsQuery(now));
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
        return readers().read(JobReads::runningJobs);
    }

    @Override
    public Map<JobStatus, Long> counts() {
        return readers().readShort(JobReads::counts);
    }

    @Override
    public JobTally tally(JobFilter filter, boolean exact) {
        return readers().read(new JobTallyQuery(filter, exact));
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return readers().read(session -> JobReads.nextDue(session, now));
    }

    @Override
    public List<Run> runs(UUID job, long before, int limit) {
        return readers().read(session -> JobRuns.of(session, job, before, limit));
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
    public List<Long> matchesByPart(UUID job, LogFilter filter, int parts) {
        return readers().read(session -> LogReads.matchesByPart(session, job, filter, parts));
    }

    @Override
    public ResultPage results(UUID job, long after, int limit) {
        return readers().read(session -> JobReads.results(session, job, after, limit));
    }
}
