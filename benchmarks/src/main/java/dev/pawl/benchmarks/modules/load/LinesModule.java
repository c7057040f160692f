package dev.pawl.benchmarks.modules.load;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Logs a number of lines. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "lines", name = "lines", inputs = LinesModule.Inputs.class)
public final class LinesModule implements Module {

    /**
     * Inputs.
     *
     * @param lines how many
     */
    public record Inputs(int lines) {}

    @Override
    public void run(TaskContext task) {
        int lines = task.inputs(Inputs.class).lines();
        for (int n = 1; n <= lines; n++) {
            task.info("a line of the length that programs write, number " + n);
        }
    }
}
