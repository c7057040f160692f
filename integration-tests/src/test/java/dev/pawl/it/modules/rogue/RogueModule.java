package dev.pawl.it.modules.rogue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Misbehaves in the one way that its inputs name. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "rogue", name = "Rogue", inputs = RogueModule.Inputs.class)
public final class RogueModule implements Module {

    /**
     * The misbehaviour to show.
     *
     * @param deed the name of a {@link Misbehaviour}
     */
    public record Inputs(@Required Misbehaviour deed) {}

    @Override
    public void run(TaskContext task) throws Exception {
        task.info("at it");
        task.inputs(Inputs.class).deed().on(task);
    }
}
