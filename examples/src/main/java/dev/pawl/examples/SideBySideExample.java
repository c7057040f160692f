package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Emits its version as the result of each step. After an update with {@code pawl module install FILE --mode finish}, running jobs end on
 * their version, beside new jobs on the new version. With the default mode they move at their next checkpoint.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-side-by-side", name = "Example: two versions", inputs = SideBySideExample.Inputs.class)
public final class SideBySideExample implements Module {

    /**
     * The duration of the run.
     *
     * @param steps 1 to 10,000
     * @param pauseMs the duration of each, 0 ms to 1 minute
     */
    public record Inputs(
            @Default("3") @Bounds(min = 1, max = 10_000) int steps,
            @Default("0") @Bounds(min = 0, max = 60_000) int pauseMs) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Inputs inputs = task.inputs(Inputs.class);
        String version =
                FrameworkUtil.getBundle(SideBySideExample.class).getVersion().toString();
        for (int step = task.checkpoint("steps", 0) + 1; step <= inputs.steps(); step++) {
            Thread.sleep(inputs.pauseMs()); // stands for the work of a step, so that an update finds the job running
            task.emit(Map.of("step", step, "version", version));
            task.checkpoint(Map.of("steps", step));
        }
    }
}
