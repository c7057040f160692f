package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Numbers of jobs by status on the wire. */
public final class TallyJson {

    static final AnswerShape<Map<JobStatus, Long>> COUNTS = counts();

    public static final AnswerShape<JobTally> TALLY = AnswerShape.<JobTally>of(
                    "JobTally", "The numbers of the jobs that a filter lets through.")
            .field(
                    "counts",
                    COUNTS,
                    JobTally::counts,
                    "The number in each status; 0 in those that the filter excludes.")
            .nullable(
                    "capped_at",
                    INTEGER,
                    TallyJson::cappedAt,
                    "The number at which the counting of a status ended, so that there are more than this; null when all numbers are exact.");

    private TallyJson() {}

    private static AnswerShape<Map<JobStatus, Long>> counts() {
        AnswerShape<Map<JobStatus, Long>> counts = AnswerShape.of("JobCounts", "Numbers of jobs.");
        for (JobStatus status : JobStatus.values()) {
            counts = counts.field(
                    status.wireName(),
                    INTEGER,
                    jobs -> jobs.getOrDefault(status, 0L),
                    "The number of jobs that are " + status.wireName() + ".");
        }
        return counts;
    }

    private static @Nullable Number cappedAt(JobTally tally) {
        OptionalLong cap = tally.cappedAt();
        return cap.isPresent() ? cap.getAsLong() : null;
    }
}
