package dev.pawl.it.modules.migrating;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Stores its position under a key of its major version; version 3 cannot read the checkpoint of a fragile job. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "migrating", name = "Migrating", inputs = MigratingModule.Inputs.class)
public final class MigratingModule implements Module {

    private final Version version =
            FrameworkUtil.getBundle(MigratingModule.class).getVersion();

    /** The number of steps of ten milliseconds, and whether version 3 fails on the job's checkpoint. */
    public record Inputs(
            @Required int steps, @Default("false") boolean fragile) {}

    @Override
    public Map<String, ?> migrate(Map<String, ?> checkpoint, Version from) {
        if (version.getMajor() == 3 && Boolean.TRUE.equals(checkpoint.get("fragile"))) {
            throw new IllegalStateException("fragile");
        }
        Map<String, Object> own = new HashMap<>(checkpoint);
        own.put(place(version), own.remove(place(from)));
        return own;
    }

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Inputs inputs = task.inputs(Inputs.class);
        for (int step = task.checkpoint(place(version), 0) + 1; step <= inputs.steps(); step++) {
            TimeUnit.MILLISECONDS.sleep(10);
            task.emit(Map.of("step", step, "version", version.toString()));
            task.checkpoint(Map.of(place(version), step, "fragile", inputs.fragile()));
        }
    }

    private static String place(Version version) {
        return "place_" + version.getMajor();
    }
}
