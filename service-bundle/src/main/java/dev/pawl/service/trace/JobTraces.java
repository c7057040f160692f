package dev.pawl.service.trace;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The export of traces. Registered as a service only where traces are exported. A job is recorded when its {@link TraceParent} says so. Its
 * methods are on the path of each job: they return at once, whatever becomes of the spans, and never throw. Safe for many threads.
 */
@ProviderType
public interface JobTraces {

    /**
     * Begins the span of a request for a job.
     *
     * @param caller the place in a trace that the request names; null when a trace begins with it, which is recorded or not by the share
     *     that the settings name
     * @param name the name of the span, such as {@code POST /jobs}
     * @param since the time for which the request has been under way
     */
    RequestSpan request(@Nullable TraceParent caller, String name, Duration since);

    /**
     * The place of a task of a run, to which the calls that it makes belong.
     *
     * @param job a job that is recorded, as it was claimed
     * @param taskIndex the task's place in the job, from 0
     */
    TraceParent place(Job job, int taskIndex);

    /**
     * Takes a run whose end is on disk.
     *
     * @param job a job that is recorded, as it was claimed for this run
     * @param move the end of the run
     * @param ran the time of the run
     * @param phases the phases that the run went through, in order; empty for a run of an external worker
     */
    void ended(Job job, RunMove move, Duration ran, List<PhaseTime> phases);
}
