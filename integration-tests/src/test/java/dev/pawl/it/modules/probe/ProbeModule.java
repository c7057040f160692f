package dev.pawl.it.modules.probe;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Has an effect outside of the store with each step: a line in a file that all servers append to, with the time of a clock that all processes of
 * a machine share and nobody sets. A checkpoint follows each step.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "probe", name = "Probe", inputs = ProbeModule.Inputs.class)
public final class ProbeModule implements Module {

    /** The number of steps, the duration of each, and the file. */
    public record Inputs(
            @Required @Bounds(min = 1, max = 100_000) int steps,
            @Default("50") int pauseMs,
            @Required String file) {}

    @Override
    public void run(TaskContext task) throws InterruptedException, IOException {
        Inputs inputs = task.inputs(Inputs.class);
        Path file = Path.of(inputs.file());
        for (int step = task.checkpoint("done", 0) + 1; step <= inputs.steps(); step++) {
            TimeUnit.MILLISECONDS.sleep(inputs.pauseMs());
            String line = task.jobId() + " " + task.epoch() + " " + step + " " + System.nanoTime() + "\n";
            Files.write(
                    file,
                    line.getBytes(StandardCharsets.US_ASCII),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            task.info("step " + step);
            task.emit(Map.of("step", step));
            task.checkpoint(Map.of("done", step));
        }
    }
}
