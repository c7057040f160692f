package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Uses settings, which an admin sets once for all jobs and a job may override: {@code pawl run example-settings -s timeout=5s}. The secret
 * is sealed on disk and masked in every answer and log.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-settings", name = "Example: settings", settings = SettingsExample.Settings.class)
public final class SettingsExample implements Module {

    /**
     * The settings for reaching the service.
     *
     * @param service its address
     * @param timeout the longest wait for it
     * @param password its password; none by default
     */
    public record Settings(
            @Default("https://example.org/") @Description("The address of the service.")
            URI service,

            @Default("30s") @Description("How long to wait for it.")
            Duration timeout,

            @Secret @Description("What it asks for.") @Nullable
            String password) {}

    @Override
    public void run(TaskContext task) {
        Settings settings = task.settings(Settings.class);
        task.info("Would log in with " + settings.password()); // masked in the log
        task.emit(Map.of(
                "service", settings.service(), "timeout_s", settings.timeout().toSeconds()));
    }
}
