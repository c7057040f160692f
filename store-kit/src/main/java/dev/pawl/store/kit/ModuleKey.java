package dev.pawl.store.kit;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The module key of a job: the distinct modules of its tasks, sorted and joined by commas. Jobs with equal keys can run on the same
 * workers.
 */
public final class ModuleKey {

    private ModuleKey() {}

    public static String of(JobRequest request) {
        if (request.tasks().size() == 1) {
            return escaped(request.tasks().get(0).module());
        }
        return request.tasks().stream().map(Task::module).collect(Collectors.toCollection(TreeSet::new)).stream()
                .map(ModuleKey::escaped)
                .collect(Collectors.joining(","));
    }

    /** The modules of a key. */
    public static Set<String> modules(String key) {
        return Arrays.stream(key.split(",", -1))
                .map(id -> id.replace("%2C", ",").replace("%25", "%"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Escapes commas, since the queue accepts any names of modules that are not installed here. */
    private static String escaped(String module) {
        return module.replace("%", "%25").replace(",", "%2C");
    }
}
