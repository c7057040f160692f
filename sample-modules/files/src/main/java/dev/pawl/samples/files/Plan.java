package dev.pawl.samples.files;

import dev.pawl.api.module.ValidationException;
import dev.pawl.samples.files.Step.Action;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The checked steps of a task, in the order in which they are done.
 *
 * @param steps the copies, then the moves, then the deletions
 * @param folders destinations that must be folders: they end with a slash, or more than one step names them
 */
record Plan(List<Step> steps, Set<Path> folders) {

    private static final Set<String> TRANSFER_KEYS = Set.of("source", "destination");

    Plan {
        steps = List.copyOf(steps);
        folders = Set.copyOf(folders);
    }

    /**
     * Reads the inputs.
     *
     * @throws ValidationException names the input that is wrong and what it accepts
     */
    static Plan of(Map<String, ?> inputs) throws ValidationException {
        Set<String> unknown = new TreeSet<>(inputs.keySet());
        boolean asked = false;
        List<Step> steps = new ArrayList<>();
        Set<Path> folders = new HashSet<>();
        for (Action action : Action.values()) {
            unknown.remove(action.input());
            Object value = inputs.get(action.input());
            if (value != null) {
                asked = true;
                read(action, value, steps, folders);
            }
        }
        if (!unknown.isEmpty()) {
            throw new ValidationException(
                    "There is no input " + String.join(", ", unknown) + "; cleanup takes delete, copy and move.");
        }
        if (!asked) {
            throw new ValidationException("Give at least one of delete, copy and move.");
        }
        addShared(steps, folders);
        return new Plan(steps, folders);
    }

    private static void read(Action action, Object value, List<Step> steps, Set<Path> folders)
            throws ValidationException {
        if (!(value instanceof List<?> items)) {
            throw new ValidationException(action.input() + " is no list.");
        }
        for (int n = 0; n < items.size(); n++) {
            String name = action.input() + "[" + n + "]";
            Object item = items.get(n);
            if (action == Action.DELETE) {
                Path path = path(name, item);
                steps.add(new Step(action, path, path));
            } else {
                steps.add(transfer(action, name, item, folders));
            }
        }
    }

    private static Step transfer(Action action, String name, @Nullable Object item, Set<Path> folders)
            throws ValidationException {
        if (!(item instanceof Map<?, ?> transfer)) {
            throw new ValidationException(name + " is no object with source and destination.");
        }
        for (Object key : transfer.keySet()) {
            if (!TRANSFER_KEYS.contains(String.valueOf(key))) {
                throw new ValidationException(name + " takes source and destination, not " + key + ".");
            }
        }
        Path source = path(name + ".source", transfer.get("source"));
        if (source.getFileName() == null) {
            throw new ValidationException(name + ".source is " + source + ", which has no name to copy or move.");
        }
        Path destination = path(name + ".destination", transfer.get("destination"));
        if (String.valueOf(transfer.get("destination")).endsWith("/")) {
            folders.add(destination);
        }
        return new Step(action, source, destination);
    }

    private static Path path(String name, @Nullable Object value) throws ValidationException {
        if (value == null) {
            throw new ValidationException(name + " is missing.");
        }
        if (!(value instanceof String text) || text.isEmpty()) {
            throw new ValidationException(name + " is " + value + "; it takes a path as text.");
        }
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new ValidationException(name + " is no path: " + e.getReason() + ".", e);
        }
        if (!path.isAbsolute()) {
            throw new ValidationException(
                    name + " is " + text + "; it takes an absolute path, since a server has no folder of yours.");
        }
        return path.normalize();
    }

    /** Two files under one name would leave one of them. */
    private static void addShared(List<Step> steps, Set<Path> folders) throws ValidationException {
        Set<Path> destinations = new HashSet<>();
        Set<Path> targets = new HashSet<>();
        for (Step step : steps) {
            if (step.action() == Action.DELETE) {
                continue;
            }
            Path target = step.destination()
                    .resolve(Objects.requireNonNull(step.source().getFileName()));
            if (!targets.add(target)) {
                throw new ValidationException("More than one step would become " + target + ".");
            }
            if (!destinations.add(step.destination())) {
                folders.add(step.destination());
            }
        }
    }
}
