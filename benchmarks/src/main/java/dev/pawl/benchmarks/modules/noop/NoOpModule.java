package dev.pawl.benchmarks.modules.noop;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Logs one line and emits one result. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "noop", name = "No-op")
public final class NoOpModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.info("done");
        task.emit(Map.of("ok", true));
    }
}
