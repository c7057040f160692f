package dev.pawl.scheduler.job;

import dev.pawl.scheduler.schema.CanonicalJson;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import java.util.List;

/**
 * The values of a request whose secrets are open. Requests with equal values come to the same, whatever the order and spelling of these.
 *
 * @param modules the module of each task
 * @param values the inputs of each task and the settings, as canonical text
 */
record RequestValues(List<String> modules, String values) {

    static RequestValues of(JobRequest opened) {
        return new RequestValues(
                opened.tasks().stream().map(Task::module).toList(),
                CanonicalJson.of(
                        List.of(opened.tasks().stream().map(Task::inputs).toList(), opened.settings())));
    }
}
