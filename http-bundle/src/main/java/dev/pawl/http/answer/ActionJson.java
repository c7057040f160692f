package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.ID;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.job.BulkReport;
import dev.pawl.service.job.BulkReport.Failed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of an action on many jobs, on the wire.
 *
 * @param report how far it has come; null when a job carries it out
 * @param job that job; null when there is none
 */
public record ActionJson(
        @Nullable BulkReport report, @Nullable UUID job) {

    private static final AnswerShape<Failed> FAILED = AnswerShape.<Failed>of(
                    "FailedAction", "A job on which an action failed.")
            .field("id", ID, Failed::job, "The job's id.")
            .field("code", TEXT, failed -> failed.code().id(), "The code of the problem.")
            .field("detail", TEXT, Failed::detail, "What went wrong.");

    private static final AnswerShape<BulkReport> REPORT = AnswerShape.<BulkReport>of(
                    "ActionReport", "How far an action on many jobs has come.")
            .field("matched", INTEGER, BulkReport::matched, "The number of jobs that matched when the request came.")
            .field("done", INTEGER, BulkReport::done, "The number of jobs on which it was carried out.")
            .field(
                    "skipped",
                    INTEGER,
                    BulkReport::skipped,
                    "The number of jobs that had changed their state, or were gone, when their turn came.")
            .field("failed_count", INTEGER, BulkReport::failed, "The number of jobs on which it failed.")
            .field("failed", listOf(FAILED), BulkReport::failures, "The first 100 of these.")
            .field("complete", FLAG, BulkReport::isComplete, "Whether all jobs had their turn.")
            .nullable(
                    "next_cursor", TEXT, BulkReport::next, "Where the same request goes on; null when it is complete.");

    public static final AnswerShape<ActionJson> OUTCOME = AnswerShape.<ActionJson>of(
                    "ActionOutcome", "The outcome of an action on many jobs, or the job that carries it out.")
            .optional("job_id", ID, ActionJson::job, "With async, instead of the others: the job that carries it out.")
            .allOrNone(REPORT, ActionJson::report);
}
