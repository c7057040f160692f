package dev.pawl.it.modules.tuned;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits the current settings with each step. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "tuned",
        name = "Tuned",
        inputs = TunedModule.Inputs.class,
        settings = TunedModule.Settings.class)
public final class TunedModule implements Module {

    /** The number of steps of ten milliseconds. */
    public record Inputs(
            @Required @Bounds(min = 1, max = 10_000) int steps) {}

    /** The rate to emit. */
    public record Settings(
            @Default("5") @Bounds(min = 1, max = 100) int rate) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        int steps = task.inputs(Inputs.class).steps();
        for (int step = task.checkpoint("done", 0) + 1; step <= steps; step++) {
            TimeUnit.MILLISECONDS.sleep(10);
            task.emit(Map.of("step", step, "rate", task.settings(Settings.class).rate()));
            task.checkpoint(Map.of("done", step));
        }
    }
}
