package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The distinct modules of a job's tasks, sorted and joined by commas: jobs with equal keys can run at the same places. */
final class ModuleKey {

    private ModuleKey() {}

    static String of(JobRequest request) {
        if (request.tasks().size() == 1) {
            return escaped(request.tasks().get(0).module());
        }
        return request.tasks().stream().map(Task::module).collect(Collectors.toCollection(TreeSet::new)).stream()
                .map(ModuleKey::escaped)
                .collect(Collectors.joining(","));
    }

    /** The modules again. */
    static Set<String> modules(String key) {
        return Arrays.stream(key.split(",", -1))
                .map(id -> id.replace("%2C", ",").replace("%25", "%"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The queue takes names of modules that are not here, so a comma may come in one. */
    private static String escaped(String module) {
        return module.replace("%", "%25").replace(",", "%2C");
    }
}
