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
 * Adds up numbers and saves its progress. When the server is stopped or killed, or the module is updated, the job resumes from its last
 * checkpoint: {@code pawl run example-checkpoint -i up_to=100000}.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-checkpoint", name = "Example: checkpoint", inputs = CheckpointExample.Inputs.class)
public final class CheckpointExample implements Module {

    /**
     * The interval of checkpoints. A checkpoint costs a write to the disk, so one for many numbers costs little, and little work is lost.
     */
    private static final int EVERY = 100;

    /**
     * The inputs of a job.
     *
     * @param upTo the last number, 1 to 1,000,000
     */
    public record Inputs(
            @Default("1000") @Bounds(min = 1, max = 1_000_000)
            int upTo) {}

    @Override
    public void run(TaskContext task) {
        int last = task.inputs(Inputs.class).upTo();
        long sum = task.checkpoint("sum", 0L);
        for (int n = task.checkpoint("added", 0) + 1; n <= last; n++) {
            sum += n;
            if (n % EVERY == 0) {
                task.checkpoint(Map.of("added", n, "sum", sum)); // both are on disk together, or neither
            }
        }
        task.emit(Map.of("sum", sum));
    }
}
