package dev.pawl.it.modules.saboteur;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Does nothing; its bundle's {@link Saboteur} does. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "saboteur", name = "Saboteur")
public final class SaboteurModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.info("Nothing to do.");
    }
}
