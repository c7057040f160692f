package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.OBJECT;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.listOf;
import static dev.pawl.http.answer.AnswerKinds.word;

import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request for a job on the wire, in the fields in which it came, so that it can be sent again. */
final class JobRequestJson {

    static final AnswerShape<JobRequest> SHAPE = AnswerShape.<JobRequest>of("JobRequest", "The request for a job.")
            .optional("module_id", TEXT, JobRequestJson::module, "The module of its only task.")
            .optional("inputs", OBJECT, JobRequestJson::inputs, "With module_id: its inputs by name, secrets masked.")
            .optional("tasks", listOf(JobJson.TASK), JobRequestJson::tasks, "Its tasks in order, unless it has one.")
            .field("job_title", TEXT, JobRequest::title, "Its title, for people.")
            .optional(
                    "settings",
                    OBJECT,
                    JobRequestJson::settings,
                    "The settings that override the modules' own, secrets masked.")
            .optional("max_duration", TEXT, JobRequestJson::maxDuration, "The longest time that it may run.")
            .field("priority", INTEGER, JobRequest::priority, "Its priority; higher runs first.")
            .optional("retry", JobJson.RETRY, JobRequestJson::retry, "The policy for retries; absent without any.")
            .optional(
                    "unique_key",
                    TEXT,
                    request -> request.uniqueKey().orElse(null),
                    "The key that no other job has while this one holds it.")
            .optional(
                    "unique_for",
                    TEXT,
                    JobRequestJson::uniqueFor,
                    "The time after its end during which it holds the key.")
            .optional(
                    "on_conflict",
                    word(OnConflict.values(), OnConflict::wireName),
                    JobRequestJson::onConflict,
                    "The outcome when another job holds the key.")
            .all(CallbackJson.REQUESTED, request -> request);

    private JobRequestJson() {}

    private static @Nullable String module(JobRequest request) {
        return isOfOneTask(request) ? request.tasks().get(0).module() : null;
    }

    private static @Nullable Map<String, Object> inputs(JobRequest request) {
        return isOfOneTask(request) ? request.tasks().get(0).inputs() : null;
    }

    private static @Nullable List<Task> tasks(JobRequest request) {
        return isOfOneTask(request) ? null : request.tasks();
    }

    private static @Nullable Map<String, Object> settings(JobRequest request) {
        return request.settings().isEmpty() ? null : request.settings();
    }

    private static @Nullable String maxDuration(JobRequest request) {
        return request.maxDuration().map(DurationText::exact).orElse(null);
    }

    private static @Nullable RetryPolicy retry(JobRequest request) {
        return request.retry().equals(RetryPolicy.NONE) ? null : request.retry();
    }

    private static @Nullable String uniqueFor(JobRequest request) {
        return request.uniqueFor().map(DurationText::exact).orElse(null);
    }

    private static @Nullable OnConflict onConflict(JobRequest request) {
        return request.uniqueKey().isEmpty() ? null : request.onConflict();
    }

    private static boolean isOfOneTask(JobRequest request) {
        return request.tasks().size() == 1;
    }
}
