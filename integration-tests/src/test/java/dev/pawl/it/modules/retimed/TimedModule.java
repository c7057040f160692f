package dev.pawl.it.modules.retimed;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Schedule;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** A later version of the module, which offers one schedule less, at another time. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "timed", name = "Timed", inputs = TimedModule.Inputs.class)
@Schedule(name = "nightly", cron = "0 4 * * *", timeZone = "Europe/Berlin", inputs = "{\"n\": 3}")
public final class TimedModule implements Module {

    /** A number to emit. */
    public record Inputs(int n) {}

    @Override
    public void run(TaskContext task) {
        task.emit(Map.of("n", task.inputs(Inputs.class).n()));
    }
}
