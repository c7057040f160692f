package dev.pawl.benchmarks.modules.load;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Saves a number of checkpoints, one after the other. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "saver", name = "saver", inputs = SaverModule.Inputs.class)
public final class SaverModule implements Module {

    /**
     * Inputs.
     *
     * @param checkpoints how many
     */
    public record Inputs(int checkpoints) {}

    @Override
    public void run(TaskContext task) {
        int checkpoints = task.inputs(Inputs.class).checkpoints();
        for (int n = 1; n <= checkpoints; n++) {
            task.checkpoint(Map.of("saved", n));
        }
    }
}
