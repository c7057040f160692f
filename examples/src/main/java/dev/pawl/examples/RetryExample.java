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
 * Fails a few times before it succeeds, as calls of an external service may. The job is retried with growing pauses, each time as a
 * separate run: {@code pawl run example-retry --attempts 3}. The module only throws; the request sets the number of attempts.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-retry", name = "Example: retry", inputs = RetryExample.Inputs.class)
public final class RetryExample implements Module {

    /**
     * The inputs of a job.
     *
     * @param failures the number of failures, 0 to 99
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
