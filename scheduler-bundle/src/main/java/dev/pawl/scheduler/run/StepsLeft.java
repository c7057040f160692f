package dev.pawl.scheduler.run;

import dev.pawl.scheduler.catalog.ModuleVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks of a run that are not done, the current one first. Done tasks are forgotten, and their modules with them. */
public final class StepsLeft {

    private volatile List<TaskStep> steps;

    StepsLeft(List<TaskStep> steps) {
        this.steps = List.copyOf(steps);
    }

    List<TaskStep> all() {
        return steps;
    }

    TaskStep first() {
        return steps.get(0);
    }

    boolean isLast() {
        return steps.size() == 1;
    }

    /** Forgets the first task. */
    void advance() {
        steps = List.copyOf(steps.subList(1, steps.size()));
    }

    /** Whether a task uses the version of the module. */
    public boolean use(ModuleVersion version) {
        return steps.stream().anyMatch(step -> step.version() == version);
    }

    /** Whether a task uses the module. */
    public boolean use(String module) {
        return steps.stream().anyMatch(step -> step.version().id().equals(module));
    }

    /** Whether a task uses the bundle. */
    public boolean use(long bundle) {
        return steps.stream().anyMatch(step -> step.version().bundle() == bundle);
    }

    /** The one module of all of them; null when there are several. */
    @Nullable
    ModuleVersion onlyVersion() {
        ModuleVersion version = first().version();
        return steps.stream().allMatch(step -> step.version() == version) ? version : null;
    }
}
