package dev.pawl.scheduler.job;

import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.metric.JobMeasures;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.trace.RunTraces;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.HookDelivery;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.UniqueKeyCheck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns requests into jobs: validates them, seals their secrets and gives them to the dispatcher. */
public final class JobIntake {

    private final Prerequisites prerequisites;
    private final RequestValidation validation;
    private final KeptRequests kept;
    private final SecretNames secrets;
    private final InstantSource clock;
    private final JobIdSequence ids;
    private final Dispatcher dispatcher;
    private final JobReplacement replacement;
    private final HeldKeys keys;
    private final JobMeasures measures;
    private final RunTraces traces;

    public JobIntake(
            JobLookup lookup,
            RequestValidation validation,
            KeptRequests kept,
            SecretNames secrets,
            InstantSource clock,
            JobIdSequence ids,
            Dispatcher dispatcher,
            JobReplacement replacement,
            JobMeasures measures,
            RunTraces traces) {
        this.prerequisites = new Prerequisites(lookup);
        this.replacement = replacement;
        this.keys = new HeldKeys(secrets);
        this.ids = ids;
        this.validation = validation;
        this.kept = kept;
        this.secrets = secrets;
        this.clock = clock;
        this.dispatcher = dispatcher;
        this.measures = measures;
        this.traces = traces;
    }

    /** Takes one job; completes once it, or the one that holds its unique key, is on disk. */
    CompletionStage<Submitted> submit(Submission submission) {
        return replaces(submission)
                ? replacement.around(() -> add(submission), AuditedChange.current())
                : add(submission);
    }

    private static boolean replaces(Submission submission) {
        DueFire fire = submission.fire();
        return fire == null
                ? submission.request().onConflict() == OnConflict.REPLACE
                : fire.earlier() == EarlierJobs.STOP;
    }

    private CompletionStage<Submitted> add(Submission submission) {
        NewJob job = checked(submission, prerequisites::named, ids.next(), clock.instant());
        return stored(List.of(job), null).thenApply(stored -> submitted(job, stored.get(0)));
    }

    /**
     * Takes a job of the server's own module, whose inputs the server has made.
     *
     * @param key the key under which the answer is kept; null to keep none
     */
    public CompletionStage<Submitted> submitOwn(JobRequest request, @Nullable RequestKey key) {
        refuseWhenClosed();
        NewJob job = new NewJob(
                ids.next(), request, clock.instant(), keys.check(request), key, null, AuditedChange.current());
        return stored(List.of(job), null).thenApply(stored -> submitted(job, stored.get(0)));
    }

    private void refuseWhenClosed() {
        if (dispatcher.isClosed()) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping and takes no jobs.");
        }
    }

    private Submitted submitted(NewJob asked, Job stored) {
        return new Submitted(secrets.masked(stored), !stored.id().equals(asked.id()));
    }

    /**
     * Takes all of them or none.
     *
     * @return the jobs without their secrets, once they are on disk
     */
    CompletionStage<List<Submitted>> submit(Batch batch) {
        long replacing = batch.requests().stream()
                .filter(request -> request.onConflict() == OnConflict.REPLACE)
                .count();
        return replacing > 0 ? replacement.around(() -> add(batch), AuditedChange.current(), replacing) : add(batch);
    }

    private CompletionStage<List<Submitted>> add(Batch batch) {
        Instant now = clock.instant();
        List<JobRequest> requests = batch.requests();
        List<Integer> order = Prerequisites.order(requests);
        List<UUID> ofThem = requests.stream().map(request -> ids.next()).toList();
        List<JobRequest> named = prerequisites.named(requests, ofThem);
        List<NewJob> jobs = new ArrayList<>(requests.size());
        for (int place : order) {
            jobs.add(checked(named.get(place), place, ofThem.get(place), now));
        }
        return stored(jobs, batch.key()).thenApply(stored -> {
            Submitted[] submitted = new Submitted[order.size()];
            for (int i = 0; i < submitted.length; i++) {
                submitted[order.get(i)] = submitted(jobs.get(i), stored.get(i));
            }
            return List.of(submitted);
        });
    }

    private NewJob checked(JobRequest request, int place, UUID id, Instant now) {
        try {
            return checked(Submission.of(request), named -> named, id, now);
        } catch (ProblemException e) {
            throw new ProblemException(e.code(), "jobs[" + place + "]: " + e.getMessage(), e);
        }
    }

    private NewJob checked(Submission submission, UnaryOperator<JobRequest> naming, UUID id, Instant now) {
        refuseWhenClosed();
        DueFire fire = submission.fire();
        JobRequest request = naming.apply(traces.placed(whole(submission)));
        UniqueKeyCheck check = fire == null ? keys.check(request) : HeldKeys.check(fire);
        return new NewJob(
                id,
                secrets.sealed(request),
                now,
                check,
                submission.key(),
                fire,
                submission.delivery(),
                AuditedChange.current());
    }

    /** The request with plain values, its secrets open, checked. */
    private JobRequest whole(Submission submission) {
        JobRequest given = submission.isKept() ? kept.opened(submission.request()) : submission.request();
        JobRequest resolved = given.retryOf().isPresent() // resolved when the first of them was requested
                ? given
                : TaskTemplates.resolved(given, brought(submission), validation::inputs);
        validation.check(resolved, submission.allInstalled());
        return resolved;
    }

    /** The inputs that come from outside with a kept request; they are values, whatever their texts look like. */
    private List<Map<String, Object>> brought(Submission submission) {
        HookDelivery delivery = submission.delivery();
        if (delivery == null) {
            return List.of();
        }
        BroughtInputs.check(delivery.inputs());
        return delivery.inputs();
    }

    /** The request of the job that a submission would add, without its secrets. */
    JobRequest checked(Submission submission) {
        return secrets.masked(whole(submission));
    }

    private CompletionStage<List<Job>> stored(List<NewJob> jobs, @Nullable RequestKey key) {
        return Confirmation.within(dispatcher.add(jobs, key), "The job").thenApply(stored -> {
            count(jobs, stored);
            return stored;
        });
    }

    /** Counts the jobs that are new; for others the store has found one with the same unique key. */
    private void count(List<NewJob> asked, List<Job> stored) {
        for (int i = 0; i < stored.size(); i++) {
            if (stored.get(i).id().equals(asked.get(i).id())) {
                measures.submitted(stored.get(i));
            }
        }
    }
}
