package dev.pawl.samples.files;

import dev.pawl.api.module.FileRefusedException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.TaskFiles;
import dev.pawl.api.module.ValidationException;
import dev.pawl.file.NamedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a task of this module may access: those that the server lets it, and of these the ones in the folders that the setting
 * {@code folders} names, when it names some. All rules are about real paths.
 */
final class Reach {

    private final TaskFiles files;
    private final boolean confined;
    private final List<Path> folders;

    private Reach(TaskFiles files, boolean confined, List<Path> folders) {
        this.files = files;
        this.confined = confined;
        this.folders = folders;
    }

    /** The reach of a task at this moment; folders that do not exist now hold nothing. */
    static Reach of(TaskContext task) throws ValidationException {
        CleanupModule.Settings settings = task.settings(CleanupModule.Settings.class);
        NamedFiles names = NamedFiles.of(task, settings.root());
        List<String> named = settings.folders() == null ? List.of() : settings.folders();
        List<Path> folders = new ArrayList<>();
        for (String folder : named) {
            Path path = names.path("The setting folders", folder);
            try {
                folders.add(path.toRealPath());
            } catch (IOException notThere) {
                // nothing lies in it
            }
        }
        return new Reach(task.files(), !named.isEmpty(), folders);
    }

    /** As {@link TaskFiles#real}. */
    Path real(Path path) throws IOException {
        Path real = files.real(path);
        if (confined && folders.stream().noneMatch(real::startsWith)) {
            throw outside(path);
        }
        return real;
    }

    /** As {@link TaskFiles#entry}; a folder of the setting is itself no entry that can be moved or deleted. */
    Path entry(Path path) throws IOException {
        Path entry = files.entry(path);
        if (confined && folders.stream().noneMatch(folder -> entry.startsWith(folder) && !entry.equals(folder))) {
            throw outside(path);
        }
        return entry;
    }

    /** Whether an earlier task of the job makes the file. */
    boolean isMadeEarlier(Path path) throws IOException {
        return files.isDeclaredOutput(path);
    }

    /** Tells later tasks of the job that this one makes the file. */
    void declare(Path path) throws IOException {
        files.declareOutput(path);
    }

    private static FileRefusedException outside(Path path) {
        return new FileRefusedException(path, "it leads outside the folders that the setting folders of cleanup names");
    }
}
