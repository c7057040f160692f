package dev.pawl.processes.run;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.util.Map;
import org.osgi.framework.Version;

/** A task whose work is done by a process. */
final class ProcessModule implements Module, AutoCloseable {

    private final TaskProcess process;
    private final boolean validates;

    ProcessModule(TaskProcess process, boolean validates) {
        this.process = process;
        this.validates = validates;
    }

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) throws Exception {
        return process.migrate(checkpoint, from);
    }

    @Override
    public void validate(TaskContext task) throws ValidationException {
        if (validates) {
            try {
                process.validate(task);
            } catch (ValidationException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new ValidationException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public void run(TaskContext task) throws Exception {
        process.run(task);
    }

    @Override
    public void close() {
        process.close();
    }
}
