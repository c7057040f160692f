package dev.pawl.scheduler.job;

import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.NewJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Turns requests into jobs: validates them, seals their secrets and gives them to the dispatcher. */
public final class JobIntake {

    private final RequestValidation validation;
    private final SecretNames secrets;
    private final InstantSource clock;
    private final JobIdSequence ids;
    private final Dispatcher dispatcher;

    public JobIntake(
            RequestValidation validation,
            SecretNames secrets,
            InstantSource clock,
            JobIdSequence ids,
            Dispatcher dispatcher) {
        this.ids = ids;
        this.validation = validation;
        this.secrets = secrets;
        this.clock = clock;
        this.dispatcher = dispatcher;
    }

    /**
     * Takes all of them or none.
     *
     * @param allInstalled whether a module that is not installed here is refused
     * @return the jobs without their secrets, once they are on disk
     */
    CompletionStage<List<Job>> add(List<JobRequest> requests, boolean allInstalled) {
        if (dispatcher.isClosed()) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping and takes no jobs.");
        }
        Instant now = clock.instant();
        List<NewJob> jobs = new ArrayList<>(requests.size());
        for (JobRequest given : requests) {
            JobRequest request = TaskTemplates.resolved(given, validation::inputs);
            validation.check(request, allInstalled);
            jobs.add(new NewJob(ids.next(), secrets.sealed(request), now));
        }
        return Confirmation.within(dispatcher.add(jobs), "The job")
                .thenApply(stored -> stored.stream().map(secrets::masked).toList());
    }
}
