package dev.pawl.samples.matroska;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import dev.pawl.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The half-made files of runs that were killed. */
final class Leftovers {

    private Leftovers() {}

    /** Removes that of one output. */
    static void remove(TaskContext task, @Nullable String root, String output) throws CleanupException {
        try {
            Path target = NamedFiles.of(task, root).target("The output", output, true);
            WholeFile.removeLeftover(task, target);
            removePictures(WholeFile.resume(task, target));
        } catch (ValidationException neverRan) {
            // then nothing was begun either
        } catch (IOException e) {
            throw new CleanupException("A half-made file could not be removed: " + e.getMessage(), e);
        }
    }

    /** Removes the pictures that mkvextract wrote beside the hidden index of a VobSub track. */
    static void removePictures(WholeFile index) throws IOException {
        String name = index.temporary().toString();
        if (VobSub.index(name).equals(name)) {
            Files.deleteIfExists(VobSub.pictures(index.temporary()));
        }
    }
}
