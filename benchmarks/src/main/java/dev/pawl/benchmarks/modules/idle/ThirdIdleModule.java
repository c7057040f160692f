package dev.pawl.benchmarks.modules.idle;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Does nothing. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "idle-third", name = "Idle")
public final class ThirdIdleModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.info("idle");
    }
}
