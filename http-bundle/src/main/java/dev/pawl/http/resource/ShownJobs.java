package dev.pawl.http.resource;

import dev.pawl.http.answer.JobJson;
import dev.pawl.http.json.JsonText;
import dev.pawl.service.access.Principal;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.notification.Callbacks;
import dev.pawl.service.notification.Delivery;
import dev.pawl.service.notification.JobDocuments;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs with all that is shown of them, for answers and for those who are told of jobs. */
public final class ShownJobs implements JobDocuments {

    /** The number of runs with which a job is shown; a separate route returns the others. */
    static final int RUNS = 100;

    /** The number of jobs with which a job is shown that wait for it, or for which it waits. */
    private static final int WAITS = 100;

    private final Services parts;

    public ShownJobs(Services parts) {
        this.parts = parts;
    }

    /** A job with its latest runs, its callbacks, and those waits between it and others that the caller may see. */
    JobJson.Detail detail(Principal caller, JobView job) {
        return new JobJson.Detail(job, runs(job), callbacks(job), waits(caller, job));
    }

    private OpenWaits waits(Principal caller, JobView job) {
        Scheduler scheduler = parts.scheduler().get();
        return job.job().state().status().isFinal()
                ? OpenWaits.NONE
                : BoundCheck.visible(
                        caller, scheduler, scheduler.waits(job.job().id().toString(), WAITS));
    }

    private List<Run> runs(JobView job) {
        return parts.scheduler().get().runs(job.job().id().toString(), Long.MAX_VALUE, RUNS);
    }

    /** Null without a callback, and while the part that delivers them is missing. */
    private @Nullable List<Delivery> callbacks(JobView job) {
        return job.job().request().callback().isEmpty()
                ? null
                : parts.callbacks()
                        .find()
                        .map((Callbacks callbacks) -> callbacks.of(job.job().id()))
                        .orElse(null);
    }

    @Override
    public Optional<byte[]> document(UUID job) {
        Scheduler scheduler = parts.scheduler().get();
        JobJson.Detail detail;
        try {
            JobView view = scheduler.job(job.toString());
            detail = new JobJson.Detail(view, runs(view), null, OpenWaits.NONE);
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.UNKNOWN_JOB) {
                return Optional.empty();
            }
            throw e;
        }
        var text = new ByteArrayOutputStream();
        try {
            JsonText.write(json -> JobJson.DETAIL.write(json, detail), text);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail.", e);
        }
        return Optional.of(text.toByteArray());
    }
}
