package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Submitted;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * The outcome of a request for a job, on the wire.
 *
 * @param id the job's id
 * @param status its status at that moment
 * @param existing whether it was there before and holds the request's unique key
 */
public record SubmittedJson(UUID id, JobStatus status, boolean existing) {

    private static final String EXISTING = "Whether it is a job that was there before and holds the unique key.";

    public static final AnswerShape<SubmittedJson> STARTED = AnswerShape.<SubmittedJson>of(
                    "StartedJob", "The job that a request started, or that holds its unique key.")
            .field("id", ID, SubmittedJson::id, "The job's id.")
            .field("status", JobJson.STATUS, SubmittedJson::status, "Its status at the moment of the answer.")
            .field("existing", FLAG, SubmittedJson::existing, EXISTING);

    public static final AnswerShape<SubmittedJson> ADDED = AnswerShape.<SubmittedJson>of(
                    "AddedJob", "The job that a request added to the queue, or that holds its unique key.")
            .field("job_id", ID, SubmittedJson::id, "The job's id.")
            .field("existing", FLAG, SubmittedJson::existing, EXISTING);

    /** The outcome of a request that was just made. */
    public static SubmittedJson of(Submitted submitted) {
        return new SubmittedJson(submitted.job().id(), submitted.job().state().status(), submitted.existing());
    }

    /** The outcome of an earlier request, as {@link dev.pawl.service.store.KeptAnswers} keeps it. */
    public static SubmittedJson kept(Map<String, ?> answer) {
        return new SubmittedJson(
                UUID.fromString(String.valueOf(answer.get("id"))),
                JobStatus.valueOf(String.valueOf(answer.get("status")).toUpperCase(Locale.ROOT)),
                Boolean.TRUE.equals(answer.get("existing")));
    }
}
