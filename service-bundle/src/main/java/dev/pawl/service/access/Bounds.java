package dev.pawl.service.access;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of an identity within its role.
 *
 * @param modules the ids of the modules that it may touch; empty for all
 * @param ownJobs whether it may touch only jobs that it started
 */
public record Bounds(Set<String> modules, boolean ownJobs) {

    /** No bounds. */
    public static final Bounds NONE = new Bounds(Set.of(), false);

    public Bounds {
        modules = Set.copyOf(modules);
    }

    /** Whether there are none. */
    public boolean areNone() {
        return modules.isEmpty() && !ownJobs;
    }

    /** Whether a module is within them. */
    public boolean includeModule(String id) {
        return modules.isEmpty() || modules.contains(id);
    }

    /** The modules of a list that are within them; null stands for all. */
    public @Nullable Set<String> among(@Nullable Set<String> wanted) {
        if (modules.isEmpty()) {
            return wanted;
        }
        return wanted == null
                ? modules
                : wanted.stream().filter(modules::contains).collect(Collectors.toUnmodifiableSet());
    }
}
