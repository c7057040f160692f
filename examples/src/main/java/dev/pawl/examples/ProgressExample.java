package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Reports its progress, as a number for the progress bar and as values for people and programs that watch: {@code pawl run example-progress
 * -i pause_ms=100}, and {@code pawl job ID -o json} meanwhile.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-progress", name = "Example: progress", inputs = ProgressExample.Inputs.class)
public final class ProgressExample implements Module {

    /**
     * The amount of work.
     *
     * @param frames 1 to 10,000
     * @param pauseMs the duration of each, 0 ms to 1 minute
     */
    public record Inputs(
            @Default("50") @Bounds(min = 1, max = 10_000) int frames,
            @Default("0") @Bounds(min = 0, max = 60_000) int pauseMs) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Inputs inputs = task.inputs(Inputs.class);
        for (int frame = 1; frame <= inputs.frames(); frame++) {
            Thread.sleep(inputs.pauseMs()); // stands for the work on a frame, so that the progress can be watched
            task.progress(100.0 * frame / inputs.frames(), Map.of("frame", frame, "frames", inputs.frames()));
        }
    }
}
