package dev.pawl.samples.files;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.samples.files.CleanupModule.Inputs;
import dev.pawl.samples.files.CleanupModule.Relocation;
import dev.pawl.samples.files.Step.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checked steps of a task, in the order in which they are done.
 *
 * @param steps the entries of copy, move and delete, list by list in the order of the job
 * @param folders destinations that must be folders: they end with a slash, or steps for different sources name them
 */
record Plan(List<Step> steps, Set<Path> folders) {

    Plan {
        steps = List.copyOf(steps);
        folders = Set.copyOf(folders);
    }

    /** Makes the path of an input absolute. */
    interface Naming {
        Path path(String input, String name) throws ValidationException;
    }

    /** The plan of a task. */
    static Plan of(TaskContext task) throws ValidationException {
        NamedFiles names =
                NamedFiles.of(task, task.settings(CleanupModule.Settings.class).root());
        return of(task.inputs(Inputs.class), task.inputs().keySet(), names::path);
    }

    /**
     * Reads the inputs.
     *
     * @param order the names of the inputs, in the order of the job
     * @throws ValidationException names the input that is wrong and what it accepts
     */
    static Plan of(Inputs inputs, Collection<String> order, Naming naming) throws ValidationException {
        if (inputs.copy() == null && inputs.move() == null && inputs.delete() == null) {
            throw new ValidationException("Give at least one of delete, copy and move.");
        }
        Reading reading = new Reading(naming);
        for (String name : order) {
            for (Action action : Arrays.stream(Action.values())
                    .filter(each -> each.input().equals(name))
                    .toList()) {
                switch (action) {
                    case COPY -> reading.transfers(action, inputs.copy());
                    case MOVE -> reading.transfers(action, inputs.move());
                    case DELETE -> reading.deletions(inputs.delete());
                }
            }
        }
        StepOrder.check(reading.steps);
        addShared(reading.steps, reading.folders);
        return new Plan(reading.steps, reading.folders);
    }

    /** Two files under one name would leave one of them. */
    private static void addShared(List<Step> steps, Set<Path> folders) throws ValidationException {
        Map<Path, Step> byDestination = new HashMap<>();
        Map<Path, Step> byTarget = new HashMap<>();
        for (Step step : steps) {
            if (!step.isTransfer()) {
                continue;
            }
            if (isOther(byTarget.putIfAbsent(step.inDestination(), step), step)) {
                throw new ValidationException("More than one step would become " + step.inDestination() + ".");
            }
            if (isOther(byDestination.putIfAbsent(step.destination(), step), step)) {
                folders.add(step.destination());
            }
        }
    }

    private static boolean isOther(@Nullable Step earlier, Step step) {
        return earlier != null && !earlier.source().equals(step.source());
    }

    /** Collects the steps. */
    private static final class Reading {
        private final Naming naming;
        private final List<Step> steps = new ArrayList<>();
        private final Set<Path> folders = new HashSet<>();

        Reading(Naming naming) {
            this.naming = naming;
        }

        void deletions(@Nullable List<String> names) throws ValidationException {
            for (int n = 0; names != null && n < names.size(); n++) {
                String input = Action.DELETE.input() + "[" + n + "]";
                Path path = naming.path(input, names.get(n));
                steps.add(new Step(Action.DELETE, input, path, path, null));
            }
        }

        void transfers(Action action, @Nullable List<Relocation> relocations) throws ValidationException {
            for (int n = 0; relocations != null && n < relocations.size(); n++) {
                steps.add(transfer(action, action.input() + "[" + n + "]", relocations.get(n)));
            }
        }

        private Step transfer(Action action, String input, Relocation relocation) throws ValidationException {
            Path source = naming.path(input + ".source", relocation.source());
            if (source.getFileName() == null) {
                throw new ValidationException(input + ".source is " + source + ", which has no name to copy or move.");
            }
            Path destination = naming.path(input + ".destination", relocation.destination());
            if (relocation.destination().endsWith("/")) {
                folders.add(destination);
            }
            Mode mode = relocation.mode() == null ? null : Mode.of(input + ".mode", relocation.mode());
            return new Step(action, input, source, destination, mode);
        }
    }
}
