package dev.pawl.it.modules.counter;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Counts to a number, one result and one checkpoint a step. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "counter", name = "Counter", inputs = CounterModule.Inputs.class)
public final class CounterModule implements Module {

    /** The last number. */
    public record Inputs(
            @Required @Bounds(min = 1, max = 1_000_000) int upTo) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        int last = task.inputs(Inputs.class).upTo();
        for (int n = task.checkpoint("counted", 0) + 1; n <= last; n++) {
            TimeUnit.MILLISECONDS.sleep(10);
            task.emit(Map.of("n", n));
            task.checkpoint(Map.of("counted", n));
        }
    }
}
