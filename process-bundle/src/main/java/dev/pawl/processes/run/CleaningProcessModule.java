package dev.pawl.processes.run;

import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.util.Map;
import org.osgi.framework.Version;

/** A task whose process cleans up too. A class of its own, since the runtime gives time for cleanup to those alone that have one. */
final class CleaningProcessModule implements Module, AutoCloseable {

    private final TaskProcess process;
    private final ProcessModule module;

    CleaningProcessModule(TaskProcess process, boolean validates) {
        this.process = process;
        this.module = new ProcessModule(process, validates);
    }

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        return process.migrate(checkpoint, from);
    }

    @Override
    public void validate(TaskContext task) throws ValidationException {
        module.validate(task);
    }

    @Override
    public void run(TaskContext task) throws Exception {
        module.run(task);
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        process.cleanup(task);
    }

    @Override
    public void close() {
        module.close();
    }
}
