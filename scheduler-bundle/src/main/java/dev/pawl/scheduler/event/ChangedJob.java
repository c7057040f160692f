package dev.pawl.scheduler.event;

import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Reason;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes the events of changed jobs: each shows its job as the change left it, even when the job has changed again since. */
public final class ChangedJob {

    /** The epoch of a change whose run is not known. */
    static final long ANY_EPOCH = 0;

    private final JobStore store;
    private final InstantSource clock;
    private final BiFunction<Job, List<RunningJob>, Reason> reasons;

    /** @param reasons the reason why a job waits, while these jobs are running */
    public ChangedJob(JobStore store, InstantSource clock, BiFunction<Job, List<RunningJob>, Reason> reasons) {
        this.store = store;
        this.clock = clock;
        this.reasons = reasons;
    }

    /** A look at changes that follow each other. */
    Look look(List<JobChangeFeed.Step> batch) {
        Set<UUID> started = new HashSet<>();
        for (JobChangeFeed.Step step : batch) {
            if (step.change() == JobEvent.Change.STARTED) {
                started.add(step.id());
            }
        }
        return new Look(started);
    }

    /** The state that is read once for several changes. */
    final class Look {

        private final Set<UUID> started;
        private @Nullable List<RunningJob> running;

        private Look(Set<UUID> started) {
            this.started = started;
        }

        /** The event of a change; null when a later change tells it. */
        @Nullable
        JobEvent event(JobChangeFeed.Step step) {
            Job given = step.job();
            Job job = given == null ? read(step) : given;
            if (job == null) {
                return null;
            }
            boolean waits = job.state().status() == JobStatus.PENDING
                    && step.change() != JobEvent.Change.REMOVED
                    && !started.contains(job.id()); // its start is among the events that follow at once
            return JobEvent.of(clock.instant(), step.change(), job, waits ? reasons.apply(job, running()) : null);
        }

        private List<RunningJob> running() {
            List<RunningJob> known = running;
            if (known == null) {
                known = store.runningJobs();
                running = known;
            }
            return known;
        }
    }

    private @Nullable Job read(JobChangeFeed.Step step) {
        Job job = store.find(step.id()).orElse(null);
        if (job == null) {
            return null; // its removal follows
        }
        JobState state = job.state();
        boolean same = step.epoch() == ANY_EPOCH || step.epoch() == state.epoch();
        return switch (step.change()) {
            case PROGRESS, NEXT_TASK -> same && state.status() == JobStatus.RUNNING ? job : null;
            case CHANGED -> state.status() == JobStatus.PENDING ? job : null;
            case WAITING -> same && state.status() == JobStatus.PENDING ? job : as(job, JobStatus.PENDING);
            case STARTED -> same && state.status() == JobStatus.RUNNING ? job : as(job, JobStatus.RUNNING);
            case ADDED, ENDED, REMOVED, PRESENT -> job;
        };
    }

    /** The job in a status that it has left again, without what came after that. */
    private static Job as(Job job, JobStatus status) {
        JobState state = job.state();
        JobState.Times times = state.times();
        return job.withState(new JobState(
                status,
                state.attempts(),
                state.position(),
                new JobState.Times(times.elapsed(), times.startedAt(), null, null),
                state.latestRun(),
                null,
                null));
    }
}
