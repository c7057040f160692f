package dev.pawl.samples.files;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.files.Step.Action;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses steps that cannot end well in their order: a source that an earlier step removes, and a deletion of what an earlier step makes.
 * A tool that writes the lists of a job in another order would otherwise lose files. Judges by the paths alone.
 */
final class StepOrder {

    private final Map<Path, Step> made = new HashMap<>();
    private final Map<Path, Step> removed = new HashMap<>();

    private StepOrder() {}

    static void check(List<Step> steps) throws ValidationException {
        StepOrder order = new StepOrder();
        for (Step step : steps) {
            order.add(step);
        }
    }

    /** Whether one of the first {@code count} steps makes the path, or a folder above it. */
    static boolean isMade(List<Step> steps, int count, Path path) {
        return steps.stream().limit(count).anyMatch(step -> step.isTransfer() && path.startsWith(step.destination()));
    }

    private void add(Step step) throws ValidationException {
        if (step.action() == Action.DELETE) {
            Step maker = made.get(step.source());
            if (maker != null) {
                throw new ValidationException(step.input() + " is " + step.source() + ", where " + maker.input()
                        + " puts something before it. The lists are done in the order in which they stand in the job: put delete before "
                        + maker.action().input() + ".");
            }
            removed.put(step.source(), step);
            return;
        }
        Step remover = removerOf(step.source());
        if (remover != null) {
            throw new ValidationException(step.input() + ".source is " + step.source() + ", which " + remover.input()
                    + " removes before it. The lists are done in the order in which they stand in the job"
                    + (remover.action() == step.action()
                            ? "."
                            : ": put " + remover.action().input() + " last."));
        }
        if (step.action() == Action.MOVE) {
            made.keySet().removeIf(path -> path.startsWith(step.source()));
            removed.put(step.source(), step);
        }
        for (Path target : List.of(step.destination(), step.inDestination())) {
            made.put(target, step);
            removed.remove(target);
        }
    }

    private @Nullable Step removerOf(Path source) {
        for (Path path = source; path != null; path = path.getParent()) {
            if (made.containsKey(path)) {
                return null;
            }
            if (removed.containsKey(path)) {
                return removed.get(path);
            }
        }
        return null;
    }
}
