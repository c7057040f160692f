package dev.pawl.scheduler.files;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The files and folders that the tasks of one run will create, by their own word. Safe for many threads. */
public final class DeclaredOutputs {

    private final Map<Path, Integer> firstTasks = new ConcurrentHashMap<>();

    void add(int task, Path output) {
        firstTasks.merge(output, task, Math::min);
    }

    /** Whether a task before this one declared the path or a folder above it. */
    boolean areBefore(int task, Path path) {
        for (Path each = path; each != null; each = each.getParent()) {
            Integer first = firstTasks.get(each);
            if (first != null && first < task) {
                return true;
            }
        }
        return false;
    }
}
