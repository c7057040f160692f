package dev.pawl.it.modules.needy;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.ServiceScope;

/** A module that is unavailable until it is configured. */
@Component(
        service = Module.class,
        scope = ServiceScope.PROTOTYPE,
        configurationPid = "dev.pawl.module.choosy",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@AutomationModule(id = "choosy", name = "Choosy", settings = ChoosyModule.Settings.class)
public final class ChoosyModule implements Module {

    /** The settings of the module. */
    public record Settings(@Required String colour) {}

    @Override
    public void run(TaskContext task) {
        task.emit(Map.of("colour", task.settings(Settings.class).colour()));
    }
}
