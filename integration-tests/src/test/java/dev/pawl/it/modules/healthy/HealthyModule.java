package dev.pawl.it.modules.healthy;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** A module whose bundle has health checks. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "healthy", name = "Healthy")
public final class HealthyModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.emit(Map.of("done", true));
    }
}
