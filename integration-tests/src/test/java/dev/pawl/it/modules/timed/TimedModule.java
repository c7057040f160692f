package dev.pawl.it.modules.timed;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Schedule;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Offers three schedules. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "timed", name = "Timed", inputs = TimedModule.Inputs.class)
@Schedule(name = "nightly", cron = "0 3 * * *", timeZone = "Europe/Berlin", inputs = "{\"n\": 3}")
@Schedule(name = "often", every = "1s")
@Schedule(name = "wrong", cron = "61 3 * * *")
public final class TimedModule implements Module {

    /** A number to emit. */
    public record Inputs(int n) {}

    @Override
    public void run(TaskContext task) {
        task.emit(Map.of("n", task.inputs(Inputs.class).n()));
    }
}
