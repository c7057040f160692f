package dev.pawl.scheduler.job;

import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.Reason;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunningJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Shows jobs without their secrets, and each that waits with the reason for it. */
public final class JobViews {

    /** Depth of the queue to which positions are looked up for a list; jobs behind it have none. */
    private static final int DEEPEST = 1_000;

    private final JobStore store;
    private final SecretNames secrets;
    private final WaitReasons reasons;
    private final QueueControls controls;

    public JobViews(JobStore store, SecretNames secrets, WaitReasons reasons, QueueControls controls) {
        this.store = store;
        this.secrets = secrets;
        this.reasons = reasons;
        this.controls = controls;
    }

    Reason why(Job job) {
        return reasons.of(job);
    }

    JobView view(Job job) {
        return new JobView(secrets.masked(job), job.state().status() == JobStatus.PENDING ? reasons.of(job) : null);
    }

    JobRequest masked(JobRequest request) {
        return secrets.masked(request);
    }

    JobPage<JobView> page(JobPage<Job> page) {
        Set<UUID> waiting = page.jobs().stream()
                .filter(job -> job.state().status() == JobStatus.PENDING)
                .map(Job::id)
                .collect(Collectors.toSet());
        Map<UUID, Long> positions = waiting.isEmpty() ? Map.of() : store.positions(waiting, DEEPEST);
        List<RunningJob> running = waiting.isEmpty() ? List.of() : store.runningJobs();
        List<JobView> views = page.jobs().stream()
                .map(job -> new JobView(
                        secrets.masked(job),
                        job.state().status() == JobStatus.PENDING
                                ? reasons.of(job, positions.get(job.id()), running)
                                : null))
                .toList();
        return new JobPage<>(views, page.nextCursor());
    }

    Queue queue(int limit) {
        List<Job> waiting = store.pending(limit);
        List<RunningJob> running = store.runningJobs();
        List<JobView> views = new ArrayList<>(waiting.size());
        for (Job job : waiting) {
            views.add(new JobView(secrets.masked(job), reasons.of(job, (long) views.size(), running)));
        }
        return new Queue(views, waiting(), isQueueDisabled());
    }

    /** The jobs that run in this process. */
    List<Job> runningHere() {
        return store.running().stream()
                .filter(job -> job.state().leasedUntil() == null)
                .map(secrets::masked)
                .toList();
    }

    /** The number of jobs that wait. */
    long waiting() {
        return store.counts().getOrDefault(JobStatus.PENDING, 0L);
    }

    boolean isQueueDisabled() {
        return controls.isQueueDisabled();
    }
}
