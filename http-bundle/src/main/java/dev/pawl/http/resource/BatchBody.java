package dev.pawl.http.resource;

import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.service.access.Actor;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.TraceParent;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body of a request for a job, or for several of which all are started or none. */
final class BatchBody {

    private static final int MOST = 1_000;
    private static final String JOBS = "jobs";

    static final BodyShape SHAPE = JobBody.SHAPE.and(BodyShape.optional(
                    JOBS,
                    Kind.OBJECTS,
                    "Instead of all others: 1 to 1,000 jobs, each with those fields, of which all are started or none. "
                            + "Together they have at most 10,000 entries in after.")
            .of(JobBody.SHAPE));

    private BatchBody() {}

    /** Whether a body asks for several jobs. */
    static boolean isBatch(Fields body) {
        return body.has(JOBS);
    }

    /**
     * Reads a body that asks for several jobs.
     *
     * @param place the place of the jobs in a trace
     */
    static Batch read(Fields body, Actor actor, Optional<TraceParent> place, @Nullable RequestKey key) {
        for (BodyShape.Member other : JobBody.SHAPE.members()) {
            if (body.has(other.name())) {
                throw malformed("jobs cannot be combined with " + other.name() + "; each of the jobs has its own.");
            }
        }
        List<Fields> jobs = body.list(JOBS);
        if (jobs.isEmpty() || jobs.size() > MOST) {
            throw malformed("jobs has " + jobs.size() + " entries; it takes 1 to " + MOST + ".");
        }
        List<JobRequest> requests = new ArrayList<>(jobs.size());
        for (Fields job : jobs) {
            requests.add(request(job, actor, place, requests.size()));
        }
        return new Batch(requests, key);
    }

    private static JobRequest request(Fields job, Actor actor, Optional<TraceParent> place, int n) {
        try {
            return JobBody.read(job, actor, place);
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.MALFORMED) { // it names the job
                throw e;
            }
            throw new ProblemException(e.code(), "jobs[" + n + "]: " + e.getMessage(), e);
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED, detail);
    }
}
