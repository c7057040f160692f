package dev.pawl.it.modules.steps;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits one result per step and checkpoints at an interval; each result names the version that emitted it. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "steps", name = "Steps", inputs = StepsModule.Inputs.class)
public final class StepsModule implements Module {

    /** The number of steps, the duration of each, and the interval of checkpoints. */
    public record Inputs(
            @Required @Bounds(min = 1, max = 1_000_000) int steps,
            @Default("10") int pauseMs,
            @Default("3") @Bounds(min = 1) int every) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Inputs inputs = task.inputs(Inputs.class);
        String version = FrameworkUtil.getBundle(StepsModule.class).getVersion().toString();
        for (int step = task.checkpoint("done", 0) + 1; step <= inputs.steps(); step++) {
            TimeUnit.MILLISECONDS.sleep(inputs.pauseMs());
            task.emit(Map.of("step", step, "version", version));
            if (step % inputs.every() == 0) {
                task.checkpoint(Map.of("done", step));
            }
            task.progress(100.0 * step / inputs.steps(), Map.of("step", step));
        }
    }
}
