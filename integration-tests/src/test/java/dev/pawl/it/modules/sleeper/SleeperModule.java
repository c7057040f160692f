package dev.pawl.it.modules.sleeper;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Does nothing; its bundle's {@link SleeperActivator} hangs. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "sleeper", name = "Sleeper")
public final class SleeperModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.info("Nothing to do.");
    }
}
