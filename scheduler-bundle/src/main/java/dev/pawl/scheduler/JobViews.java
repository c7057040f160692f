package dev.pawl.scheduler;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.Queue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shows jobs: without their secrets, and with the reason why each that waits does so. */
final class JobViews {

    /** How far into the queue positions are looked up for a list; those behind have none. */
    private static final int DEEPEST = 1_000;

    private final SchedulerParts parts;

    JobViews(SchedulerParts parts) {
        this.parts = parts;
    }

    JobView view(Job job) {
        return new JobView(
                parts.secrets().masked(job),
                job.state().status() == JobStatus.PENDING ? parts.reasons().of(job) : null);
    }

    JobPage<JobView> page(JobPage<Job> page) {
        boolean waiting = page.jobs().stream().anyMatch(job -> job.state().status() == JobStatus.PENDING);
        Map<UUID, Long> positions = new HashMap<>();
        if (waiting) {
            parts.store().pending(DEEPEST).forEach(job -> positions.put(job.id(), (long) positions.size()));
        }
        List<Job> running = waiting ? parts.store().running() : List.of();
        List<JobView> views = page.jobs().stream()
                .map(job -> new JobView(
                        parts.secrets().masked(job),
                        job.state().status() == JobStatus.PENDING
                                ? parts.reasons().of(job, positions.get(job.id()), running)
                                : null))
                .toList();
        return new JobPage<>(views, page.nextCursor());
    }

    Queue queue(int limit) {
        List<Job> waiting = parts.store().pending(limit);
        List<Job> running = parts.store().running();
        List<JobView> views = new ArrayList<>(waiting.size());
        for (Job job : waiting) {
            views.add(new JobView(parts.secrets().masked(job), parts.reasons().of(job, (long) views.size(), running)));
        }
        return new Queue(
                views,
                parts.store().counts().getOrDefault(JobStatus.PENDING, 0L),
                parts.controls().isQueueDisabled());
    }
}
