package dev.pawl.it.modules.gated;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits some results, saves them, emits some more, and waits until a file exists. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "gated", name = "Gated", inputs = GatedModule.Inputs.class)
public final class GatedModule implements Module {

    /** The number of saved results, the number of results after them, and the file that lets it continue. */
    public record Inputs(
            @Default("0") int saved,
            @Default("0") int unsaved,
            @Required String gate) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Inputs inputs = task.inputs(Inputs.class);
        int done = task.checkpoint("done", 0);
        for (int step = done + 1; step <= inputs.saved() + inputs.unsaved(); step++) {
            task.emit(Map.of("step", step));
            task.info("run " + task.epoch() + " step " + step);
            if (step == inputs.saved()) {
                task.checkpoint(Map.of("done", step));
            }
        }
        while (!Files.exists(Path.of(inputs.gate()))) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
