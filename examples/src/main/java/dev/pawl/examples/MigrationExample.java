package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Resumes from checkpoints of its former versions. Before 0.1 it saved the names that were done, a list that grew with the job; now it
 * saves their number. A job that runs while the module is updated moves to the new version together with its checkpoint.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "example-migration",
        name = "Example: migration of a checkpoint",
        inputs = MigrationExample.Inputs.class,
        checkpoints = "[0,1)")
public final class MigrationExample implements Module {

    private static final Version COUNTS = new Version(0, 1, 0);

    /**
     * The inputs of a job.
     *
     * @param names the people to greet
     */
    public record Inputs(@Required List<String> names) {}

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
        if (from.compareTo(COUNTS) >= 0) {
            return checkpoint;
        }
        return Map.of("next", checkpoint.get("done") instanceof List<?> done ? done.size() : 0);
    }

    @Override
    public void run(TaskContext task) {
        List<String> names = task.inputs(Inputs.class).names();
        for (int n = task.checkpoint("next", 0); n < names.size(); n++) {
            task.emit(Map.of("greeting", "Hello, " + names.get(n) + "!"));
            task.checkpoint(Map.of("next", n + 1));
        }
    }
}
