package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Fails a few times before it succeeds, as what calls a service outside may. The job is tried again with a growing pause, each time as a run of
 * its own: {@code pawl run example-retry --attempts 3}. A module decides nothing about it; it throws, and the request says how often.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-retry", name = "Example: retry", inputs = RetryExample.Inputs.class)
public final class RetryExample implements Module {

    /**
     * The inputs of a job.
     *
     * @param failures how often it fails, 0 to 99
     */
    public record Inputs(
            @Default("2") @Bounds(min = 0, max = 99) int failures) {}

    @Override
    public void run(TaskContext task) throws RunException {
        if (task.epoch() <= task.inputs(Inputs.class).failures()) {
            throw new RunException("The service is not there (run " + task.epoch() + ").");
        }
        task.emit(Map.of("succeeded_in_run", task.epoch()));
    }
}
