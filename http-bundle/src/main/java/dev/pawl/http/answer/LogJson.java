package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.FLAG;
import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.OBJECT_TEXT;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.job.ResultPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log lines and results on the wire. */
public final class LogJson {

    public static final AnswerShape<LogEntry> ENTRY = AnswerShape.<LogEntry>of("LogEntry", "A line of a job's log.")
            .field("id", INTEGER, LogEntry::sequence, "The same as sequence.")
            .field("timestamp", TIME, LogEntry::timestamp, "When it was written.")
            .field("created_at", TIME, LogEntry::timestamp, "The same as timestamp.")
            .field("level", word(LogLevel.values(), LogLevel::name), LogEntry::level, "The severity.")
            .field("message", TEXT, LogEntry::message, "The line.")
            .field("sequence", INTEGER, LogEntry::sequence, "The number of the line within the job, from 1.")
            .field(
                    "task_index",
                    INTEGER,
                    LogEntry::taskIndex,
                    "The task that wrote it, from 0; -1 for the runtime itself.")
            .field("epoch", INTEGER, LogEntry::epoch, "The run in which it was written; 0 before the first.");

    public static final AnswerShape<Entries> ENTRIES = AnswerShape.<Entries>of(
                    "LogEntries", "Lines of a job's log, in the order of time.")
            .field("logs", listOf(ENTRY), entries -> entries.log().lines(), "The lines.")
            .field("limit", INTEGER, Entries::limit, "The greatest number of lines.")
            .field("total", INTEGER, entries -> entries.log().total(), "The number of lines in the log.")
            .field(
                    "matches",
                    INTEGER,
                    entries -> entries.log().matches(),
                    "The number of lines in the whole log that level and q let through.")
            .field(
                    "dropped_to",
                    INTEGER,
                    entries -> entries.log().droppedTo(),
                    "The sequence number of the last line that was dropped because the log was too long, 0 when there is none; "
                            + "from the next one on no number is left out.")
            .optional(
                    "matches_by_part",
                    listOf(INTEGER),
                    Entries::matchesByPart,
                    "The number of matches in each of the parts that were asked for, the first part of the log first.");

    /** A result; its JSON text is copied unchanged. */
    private static final AnswerShape<JobResult> RESULT = AnswerShape.<JobResult>of("Result", "A result of a job.")
            .field("id", INTEGER, JobResult::sequence, "The same as sequence.")
            .field("data", OBJECT_TEXT, JobResult::json, "The object that the module emitted.")
            .field("sequence", INTEGER, JobResult::sequence, "The number of the result within the job, from 1.")
            .field("timestamp", TIME, JobResult::timestamp, "When it was emitted.")
            .field("created_at", TIME, JobResult::timestamp, "The same as timestamp.")
            .field("task_index", INTEGER, JobResult::taskIndex, "The task that emitted it, from 0.")
            .field(
                    "tentative",
                    FLAG,
                    JobResult::tentative,
                    "Whether it would be rolled back if the process ended now; the task's next checkpoint makes "
                            + "it final.");

    public static final AnswerShape<Results> RESULTS = AnswerShape.<Results>of(
                    "Results", "Results of a job, in their order.")
            .field("results", listOf(RESULT), results -> results.page().results(), "The results.")
            .field("total", INTEGER, results -> results.page().total(), "The number of all results of the job.")
            .field("limit", INTEGER, Results::limit, "The greatest number of results.");

    private LogJson() {}

    /**
     * Lines of a log.
     *
     * @param log the lines, in the order of time, and the extent of the log
     * @param limit the greatest number of lines
     * @param matchesByPart the number of matches in each part of the log; null when nobody asked
     */
    public record Entries(LogLines log, int limit, @Nullable List<Number> matchesByPart) {}

    /**
     * Results of a job.
     *
     * @param page the results
     * @param limit the greatest number of results
     */
    public record Results(ResultPage page, int limit) {}
}
