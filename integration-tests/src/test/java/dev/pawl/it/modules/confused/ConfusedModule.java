package dev.pawl.it.modules.confused;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** A version of the module {@code steps} with a default that is not a number, for an input that is one. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "steps", name = "Steps", inputs = ConfusedModule.Inputs.class)
public final class ConfusedModule implements Module {

    /** The number of steps. */
    public record Inputs(@Default("many") int steps) {}

    @Override
    public void run(TaskContext task) {
        task.info("Never.");
    }
}
