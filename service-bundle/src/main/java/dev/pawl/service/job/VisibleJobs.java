package dev.pawl.service.job;

import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import java.util.List;

/**
 * The jobs that an identity may see and touch: within its modules, with all their tasks; its own, when it is bound to these; and those that its
 * workers hold, when it is a worker.
 *
 * @param principal the identity
 */
public record VisibleJobs(Principal principal) {

    /** Whether a job is among them. */
    public boolean include(Job job) {
        return (!principal.bounds().ownJobs() || isStartedByIt(job))
                && (withinModules(job.request()) || (isOfServer(job) && isStartedByIt(job)))
                && (principal.role() != Role.WORKER || isHeld(job.state()));
    }

    /** Whether the server's own module does it, which belongs to nobody's modules. */
    private static boolean isOfServer(Job job) {
        return job.request().tasks().stream().allMatch(task -> task.module().equals(JobActions.MODULE));
    }

    private boolean isStartedByIt(Job job) {
        JobAuthors.Author author = job.authors().startedBy();
        return author != null && author.id().equals(principal.id());
    }

    /** Whether all tasks of a request are within its modules. */
    public boolean withinModules(JobRequest request) {
        return request.tasks().stream().allMatch(task -> principal.bounds().includeModule(task.module()));
    }

    /** A page without the jobs that are not among them; it may be empty and still have a next one. */
    public JobPage<JobView> among(JobPage<JobView> page) {
        return principal.isBounded() ? new JobPage<>(among(page.jobs()), page.nextCursor()) : page;
    }

    /** The waiting jobs without those that are not among them. */
    public Queue among(Queue queue) {
        if (!principal.isBounded()) {
            return queue;
        }
        List<JobView> jobs = among(queue.jobs());
        return new Queue(jobs, jobs.size(), queue.disabled());
    }

    private List<JobView> among(List<JobView> jobs) {
        return jobs.stream().filter(view -> include(view.job())).toList();
    }

    private boolean isHeld(JobState state) {
        JobState.LatestRun run = state.latestRun();
        return run != null && principal.speaksFor(run.worker());
    }
}
