package dev.pawl.benchmarks.modules.clock;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits the time at which its code began to run. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "clock", name = "Clock")
public final class ClockModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.emit(Map.of("nanos", System.nanoTime()));
    }
}
