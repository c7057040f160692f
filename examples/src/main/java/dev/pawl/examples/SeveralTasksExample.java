package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Writes a file in one task and reads it in another; both share the work folder of their job. A job of both, over HTTP:
 *
 * <pre>{@code
 * POST /jobs
 * {"job_title": "write and read", "tasks": [
 *   {"module": "example-several-tasks", "data": {"step": "write"}},
 *   {"module": "example-several-tasks", "data": {"step": "read"}}]}
 * }</pre>
 *
 * Every task is validated before the first one runs, and a task that is done is not done again after an interruption.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "example-several-tasks",
        name = "Example: several tasks",
        inputs = SeveralTasksExample.Inputs.class)
public final class SeveralTasksExample implements Module {

    /** The two kinds of task. */
    public enum Step {
        WRITE,
        READ
    }

    /**
     * The inputs of a job.
     *
     * @param step what this task does
     */
    public record Inputs(@Required Step step) {}

    @Override
    public void run(TaskContext task) throws IOException, RunException {
        Path file = task.workDir().resolve("handed-over.txt");
        if (task.inputs(Inputs.class).step() == Step.WRITE) {
            Files.writeString(file, "by task " + task.taskIndex());
            return;
        }
        try {
            task.emit(Map.of("written", Files.readString(file)));
        } catch (NoSuchFileException e) {
            throw new RunException("No earlier task has written the file.");
        }
    }
}
