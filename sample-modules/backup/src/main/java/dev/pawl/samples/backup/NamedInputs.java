package dev.pawl.samples.backup;

import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checks that the inputs of several actions have in common. */
final class NamedInputs {

    private NamedInputs() {}

    /** The files of a task. */
    static NamedFiles files(TaskContext task) throws ValidationException {
        return NamedFiles.of(task, task.settings(BackupModule.Settings.class).root());
    }

    /** The value of an input that an action needs. */
    static String required(String action, String input, @Nullable String value) throws ValidationException {
        if (value == null || value.isEmpty()) {
            throw new ValidationException(input + " is missing; the action " + action + " needs it.");
        }
        return value;
    }

    /** Refuses inputs that belong to another action. */
    static void refuse(String action, Map<String, @Nullable Object> others) throws ValidationException {
        Map<String, @Nullable Object> given = new LinkedHashMap<>(others);
        given.values().removeIf(value -> value == null);
        if (!given.isEmpty()) {
            throw new ValidationException(given.keySet().stream().collect(Collectors.joining(", "))
                    + " is given, which the action " + action + " has no use for.");
        }
    }

    /** The archive that the inputs name, or the newest one of the series. */
    static Path archive(TaskContext task, BackupInputs inputs) throws ValidationException {
        if (inputs.archive() != null) {
            return files(task).source("archive", inputs.archive());
        }
        String action = inputs.action();
        Path folder =
                files(task).sourceFolder("target", required(action, "archive, or target with name,", inputs.target()));
        Series series = Series.of(task, folder, required(action, "name", inputs.name()));
        try {
            NavigableMap<Instant, Path> archives = series.archives();
            if (archives.isEmpty()) {
                throw new ValidationException(
                        "name is \"" + inputs.name() + "\", and there is no archive of that series in " + folder + ".");
            }
            return archives.lastEntry().getValue();
        } catch (IOException e) {
            throw NamedFiles.refusal("target", String.valueOf(inputs.target()), e);
        }
    }
}
