package dev.pawl.testkit;

import dev.pawl.api.module.TaskFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a task in a harness.
 *
 * @param earlierOutputs declared by tasks that the job would have before this one
 */
record HarnessFiles(TaskFiles files, List<Path> earlierOutputs) implements TaskFiles {

    @Override
    public List<Path> roots() {
        return files.roots();
    }

    @Override
    public Path real(Path path) throws IOException {
        return files.real(path);
    }

    @Override
    public Path entry(Path path) throws IOException {
        return files.entry(path);
    }

    @Override
    public Path declareOutput(Path path) throws IOException {
        return files.declareOutput(path);
    }

    @Override
    public boolean isDeclaredOutput(Path path) throws IOException {
        Path entry = files.entry(path);
        for (Path earlier : earlierOutputs) {
            if (entry.startsWith(files.entry(earlier))) {
                return true;
            }
        }
        return false;
    }
}
