package dev.pawl.samples.matroska;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.file.WholeFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The half-made files of runs that were killed. */
final class Leftovers {

    private Leftovers() {}

    /** Removes that of one output. */
    static void remove(TaskContext task, @Nullable String root, String output) throws CleanupException {
        try {
            WholeFile.removeLeftover(task, NamedFiles.of(task, root).target("The output", output, true));
        } catch (ValidationException neverRan) {
            // then nothing was begun either
        } catch (IOException e) {
            throw new CleanupException("A half-made file could not be removed: " + e.getMessage(), e);
        }
    }
}
