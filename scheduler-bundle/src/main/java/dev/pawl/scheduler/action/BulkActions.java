package dev.pawl.scheduler.action;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.action.ActionSteps.Outcome;
import dev.pawl.scheduler.dispatch.JobEvents;
import dev.pawl.scheduler.job.Attempt;
import dev.pawl.scheduler.job.JobControl;
import dev.pawl.scheduler.job.JobIntake;
import dev.pawl.scheduler.job.JobRetries;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Principal;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.BulkReport;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.VisibleJobs;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Selects the jobs of actions, page by page, and has each carried out. Keeps nothing between two pages but where the next one begins. */
public final class BulkActions implements JobActions {

    /** The jobs of a page. */
    private static final int PAGE = 1_000;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Stands for the first page. */
    private static final String START = "start";

    private final JobStore store;
    private final JobLookup lookup;
    private final JobIntake intake;
    private final ActionSteps steps;
    private final MonotonicClock monotonic;

    public BulkActions(
            JobStore store,
            JobIntake intake,
            JobControl control,
            JobRetries retries,
            JobEvents events,
            InstantSource clock,
            MonotonicClock monotonic) {
        this.store = store;
        this.lookup = new JobLookup(store);
        this.intake = intake;
        this.steps = new ActionSteps(store, control, retries, events, clock);
        this.monotonic = monotonic;
    }

    @Override
    public long count(BulkAction action, Principal principal) {
        Optional<JobFilter> selected = action.selected();
        if (selected.isEmpty()) {
            return named(action, principal).size();
        }
        Predicate<Job> allowed = allowed(action, principal, null);
        if (principal.isBounded()) {
            return counted(selected.get(), allowed);
        }
        long all = store.tally(selected.get(), true).counts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return all
                - ids(action.except()).stream()
                        .flatMap(id -> store.find(id).stream())
                        .filter(selected.get()::includes)
                        .count();
    }

    private long counted(JobFilter filter, Predicate<Job> allowed) {
        long count = 0;
        String cursor = START;
        while (cursor != null) {
            JobPage<Job> page = page(filter, cursor);
            count += page.jobs().stream().filter(allowed).count();
            cursor = page.nextCursor();
        }
        return count;
    }

    @Override
    public BulkReport run(BulkAction action, Actor actor, @Nullable String from) {
        long beganNs = monotonic.nanos();
        BulkReport report = begin(action, actor.principal(), from);
        try {
            while (!report.isComplete()
                    && report.looked() < MOST_AT_ONCE
                    && monotonic.nanos() - beganNs < LONGEST.toNanos()) {
                report = page(action, actor, report, null);
            }
            return report;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping.", e);
        }
    }

    @Override
    public CompletionStage<Submitted> start(BulkAction action, Actor actor, @Nullable RequestKey key) {
        JobRequest request = JobRequest.builder(List.of(new Task(MODULE, ActionInputs.of(action, actor))))
                .title(action.action().wireName() + " jobs")
                .retry(ActionVersion.RETRY)
                .role(Role.of(actor.role().wireName()))
                .build();
        return Attempt.of(() -> intake.submitOwn(request, key));
    }

    /** A report of nothing done so far. */
    public BulkReport begin(BulkAction action, Principal principal, @Nullable String from) {
        return BulkReport.begun(count(action, principal), from == null ? START : from);
    }

    /**
     * Carries out an action on the jobs of the next page.
     *
     * @param by the job that does it, which is left alone; null for none
     */
    public BulkReport page(BulkAction action, Actor actor, BulkReport before, @Nullable UUID by)
            throws InterruptedException {
        String next = before.next();
        Optional<JobFilter> selected = action.selected();
        if (next == null) {
            return before;
        }
        if (selected.isEmpty()) {
            Outcome outcome = steps.carryOut(action, actor, named(action, actor.principal()), by);
            return before.plus(outcome.done(), outcome.skipped(), outcome.failed(), null);
        }
        JobPage<Job> page = page(selected.get(), next);
        List<Job> jobs = page.jobs().stream()
                .filter(allowed(action, actor.principal(), by))
                .toList();
        Outcome outcome = steps.carryOut(action, actor, jobs, by);
        return before.plus(outcome.done(), outcome.skipped(), outcome.failed(), page.nextCursor());
    }

    private JobPage<Job> page(JobFilter filter, String cursor) {
        JobFilter page = filter.inOrder(JobOrder.NEWEST).withLimit(PAGE);
        return store.list(cursor.equals(START) ? page : page.from(cursor));
    }

    private Predicate<Job> allowed(BulkAction action, Principal principal, @Nullable UUID by) {
        Set<UUID> except = new HashSet<>(ids(action.except()));
        VisibleJobs visible = new VisibleJobs(principal);
        boolean isBounded = principal.isBounded();
        return job -> !job.id().equals(by) && !except.contains(job.id()) && (!isBounded || visible.include(job));
    }

    private List<UUID> ids(List<String> names) {
        return names.stream().map(lookup::id).toList();
    }

    /** The jobs that are named; one that is not there, or is outside the bounds, is a problem before anything is done. */
    private List<Job> named(BulkAction action, Principal principal) {
        Map<UUID, Job> found = new LinkedHashMap<>();
        VisibleJobs visible = new VisibleJobs(principal);
        for (String name : action.jobs()) {
            Job job = lookup.job(name);
            if (principal.isBounded() && !visible.include(job)) {
                throw new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + name + "\".");
            }
            found.put(job.id(), job);
        }
        return List.copyOf(found.values());
    }
}
