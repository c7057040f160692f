package dev.pawl.it.modules.chaos;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits numbered results and behaves as its inputs say: it succeeds, fails always or a few times, or ignores every request to stop. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "chaos", name = "Chaos", inputs = ChaosModule.Inputs.class)
public final class ChaosModule implements Module {

    /** The behaviours of a task. */
    public enum Manner {
        GOOD,
        FAILING,
        FLAKY,
        STUBBORN
    }

    /**
     * The inputs of a task.
     *
     * @param every the number of steps between checkpoints; 0 for none
     * @param failAt the step at which a failing or flaky task fails
     * @param failures the number of times that a flaky task fails
     */
    public record Inputs(
            @Required @Bounds(min = 1, max = 1_000_000) int steps,
            @Default("5") int pauseMs,
            @Default("1") int every,
            @Default("GOOD") Manner manner,
            @Default("0") int failAt,
            @Default("0") int failures) {}

    @Override
    public void run(TaskContext task) throws Exception {
        Inputs inputs = task.inputs(Inputs.class);
        for (int step = task.checkpoint("done", 0) + 1; step <= inputs.steps(); step++) {
            pause(inputs);
            if (step == inputs.failAt()) {
                fail(task, inputs, step);
            }
            task.emit(Map.of("task", task.taskIndex(), "step", step));
            task.info("step " + step);
            if (inputs.every() > 0 && step % inputs.every() == 0) {
                task.checkpoint(Map.of("done", step));
            }
        }
    }

    private static void fail(TaskContext task, Inputs inputs, int step) throws RunException {
        int failures = task.checkpoint("failures", 0);
        if (inputs.manner() == Manner.FLAKY) {
            if (failures == inputs.failures()) {
                return;
            }
            task.checkpoint(Map.of("done", step - 1, "failures", failures + 1));
        }
        throw new RunException("Failed at step " + step + " as asked.");
    }

    private static void pause(Inputs inputs) throws InterruptedException {
        if (inputs.manner() != Manner.STUBBORN) {
            TimeUnit.MILLISECONDS.sleep(inputs.pauseMs());
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(inputs.pauseMs());
        while (System.nanoTime() < end) {
            Thread.interrupted(); // ignored on purpose
            LockSupport.parkNanos(1_000_000);
        }
    }
}
