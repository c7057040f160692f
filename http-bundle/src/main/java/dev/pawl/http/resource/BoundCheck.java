package dev.pawl.http.resource;

import dev.pawl.http.route.Call;
import dev.pawl.http.route.Reach;
import dev.pawl.service.access.Principal;
import dev.pawl.service.access.Role;
import dev.pawl.service.job.After;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.VisibleJobs;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.ScheduleEntry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refuses the calls of bounded tokens that reach outside their bounds. A job outside is as unknown as one that does not exist. */
public final class BoundCheck {

    private final Services parts;

    public BoundCheck(Services parts) {
        this.parts = parts;
    }

    /** Refuses a call that is outside the bounds of its token. */
    public void check(Call call) {
        Principal principal = call.actor().principal();
        if (!principal.isBounded()) {
            return;
        }
        switch (Reach.of(call.route())) {
            case FREE -> {}
            case MODULE ->
                requireModule(principal, call.path(call.route().group().equals("data") ? "module" : "id"));
            case JOB -> requireJob(principal, call.path("id"));
            case WORKER -> requireWorker(principal, call.path("id"));
            case SCHEDULE ->
                requireSchedule(principal, call.path("name"), call.route().method());
            case SERVER -> throw outside("this concerns the server as a whole.");
        }
    }

    /** Refuses a module outside the bounds. */
    static void requireModule(Principal principal, String id) {
        if (!principal.bounds().includeModule(id)) {
            throw outside("the module \"" + id + "\" is not among its modules.");
        }
    }

    /** Refuses a worker for which a token does not speak. */
    static void requireWorker(Principal principal, String id) {
        if (principal.role() != Role.WORKER) {
            throw outside("workers belong to the server as a whole.");
        }
        if (!principal.speaksFor(id)) {
            throw outside("it speaks for the workers whose ids are its name \"" + principal.name()
                    + "\" or begin with it, such as \"" + principal.name() + "-1\", and not for \"" + id + "\".");
        }
    }

    /** Refuses a request for a job with a module outside the bounds, or that could stop another job. */
    static void requireRequest(Principal principal, JobRequest request) {
        request.tasks().forEach(task -> requireModule(principal, task.module()));
        if (principal.isBounded() && request.onConflict() == OnConflict.REPLACE) {
            throw outside("on_conflict is replace, which could stop a job outside.");
        }
    }

    /** Refuses a request for a job that waits for one outside the bounds, which is as unknown as one that does not exist. */
    void requireAfter(Principal principal, JobRequest request, String prefix) {
        if (!principal.isBounded()) {
            return;
        }
        List<String> names = request.after().jobs();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!name.startsWith("jobs[") && !isVisible(principal, name)) {
                throw new ProblemException(ProblemCode.INVALID_JOB, After.unknown(prefix + "after[" + i + "]", name));
            }
        }
    }

    /** Waits without those of jobs outside the bounds. */
    static OpenWaits visible(Principal principal, Scheduler scheduler, OpenWaits waits) {
        if (!principal.isBounded()) {
            return waits;
        }
        VisibleJobs visible = new VisibleJobs(principal);
        List<UUID> awaitedBy = waits.awaitedBy().stream()
                .filter(id -> visible.include(scheduler.job(id.toString()).job()))
                .toList();
        return new OpenWaits(waits.waitsFor(), waits.waitsForCount(), awaitedBy, awaitedBy.size());
    }

    private boolean isVisible(Principal principal, String job) {
        try {
            return new VisibleJobs(principal)
                    .include(parts.scheduler().get().job(job).job());
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.UNKNOWN_JOB) {
                return false;
            }
            throw e;
        }
    }

    /** The outcome of a request for a job, unless it is a job outside the bounds that holds the unique key. */
    static Submitted requireVisible(Principal principal, Submitted submitted) {
        if (principal.isBounded() && submitted.existing() && !new VisibleJobs(principal).include(submitted.job())) {
            throw new ProblemException(
                    ProblemCode.UNIQUE_KEY_TAKEN, "A job outside the bounds of the token has this unique key.");
        }
        return submitted;
    }

    /** Refuses a poll in another worker's name, or for jobs that the token did not start. */
    static void requirePoll(Principal principal, @Nullable String worker) {
        if (principal.bounds().ownJobs()) {
            throw outside("a poll may hand out jobs that it did not start.");
        }
        if (principal.role() == Role.WORKER) {
            requireWorker(principal, worker == null ? "" : worker);
        }
    }

    private void requireJob(Principal principal, String id) {
        Job job = parts.scheduler().get().job(id).job();
        if (!new VisibleJobs(principal).include(job)) {
            throw new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + id + "\".");
        }
    }

    /** Whether a schedule is within the bounds: each module of its jobs is, which the schedule starts rather than the token. */
    static boolean includes(Principal principal, ScheduleEntry schedule) {
        return !principal.bounds().ownJobs()
                && new VisibleJobs(principal).withinModules(schedule.request().job());
    }

    private void requireSchedule(Principal principal, String name, String method) {
        if (principal.bounds().ownJobs()) {
            throw outside("it may touch only jobs that it started, and a schedule starts its jobs itself.");
        }
        Optional<ScheduleEntry> outsider = schedule(name).filter(schedule -> !includes(principal, schedule));
        if (outsider.isPresent()) {
            throw method.equals("PUT")
                    ? outside("the schedule \"" + name + "\" has a module that is not among its modules.")
                    : new ProblemException(ProblemCode.UNKNOWN_SCHEDULE, "There is no schedule \"" + name + "\".");
        }
    }

    private Optional<ScheduleEntry> schedule(String name) {
        try {
            return Optional.of(parts.schedules().get().get(name));
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.UNKNOWN_SCHEDULE) { // the handler says so, unless it makes one
                return Optional.empty();
            }
            throw e;
        }
    }

    static ProblemException outside(String why) {
        return new ProblemException(ProblemCode.OUT_OF_BOUNDS, "The token is bounded: " + why);
    }
}
