package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Runs one job at a time, so that others wait. The waiting job with the highest priority runs first, whenever it was added: {@code pawl run
 * example-priority -i name=urgent --priority 100}.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "example-priority",
        name = "Example: priority",
        inputs = PriorityExample.Inputs.class,
        concurrency = 1)
public final class PriorityExample implements Module {

    private static final Duration WORK = Duration.ofMillis(500);

    /**
     * The inputs of a job.
     *
     * @param name the job's name in its result
     */
    public record Inputs(@Default("ordinary") String name) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Thread.sleep(WORK.toMillis()); // stands for work that takes a while, so that other jobs queue up
        task.emit(Map.of("name", task.inputs(Inputs.class).name()));
    }
}
