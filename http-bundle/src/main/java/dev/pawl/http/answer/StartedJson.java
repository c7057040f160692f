package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.listOf;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request for a job or for several, on the wire. Both have the fields of one job, so that clients that know no batches read
 * either.
 *
 * @param first the job, or the first of several
 * @param jobs the jobs in the order of the request; null for a request for one
 */
public record StartedJson(SubmittedJson first, @Nullable List<SubmittedJson> jobs) {

    private static final String JOBS = "jobs";

    public static final AnswerShape<StartedJson> STARTED = AnswerShape.<StartedJson>of(
                    "StartedJobs",
                    "The job that a request started or that holds its unique key; the first one of a batch, and all.")
            .all(SubmittedJson.STARTED, StartedJson::first)
            .optional(
                    JOBS,
                    listOf(SubmittedJson.STARTED),
                    StartedJson::jobs,
                    "For a batch: all its jobs in the order of the request.");

    /** The outcome of a request for one job. */
    public static StartedJson of(SubmittedJson job) {
        return new StartedJson(job, null);
    }

    /** The outcome of a request for several jobs, at least one. */
    public static StartedJson ofAll(List<SubmittedJson> jobs) {
        return new StartedJson(jobs.get(0), jobs);
    }

    /** The outcome of an earlier request, as {@link dev.pawl.service.store.KeptAnswers} keeps it. */
    @SuppressWarnings("unchecked") // JSON has no other keys
    public static StartedJson kept(Map<String, ?> answer) {
        return answer.get(JOBS) instanceof List<?> jobs
                ? ofAll(jobs.stream()
                        .map(job -> SubmittedJson.kept((Map<String, ?>) job))
                        .toList())
                : of(SubmittedJson.kept(answer));
    }
}
