package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.time.Duration;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Works on an account that no other job may use meanwhile. A second call of this command gets the job of the first, as long as that is
 * pending or running: {@code pawl run example-unique-key -i account=42 --unique-key account-42 --detach}.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-unique-key", name = "Example: unique key", inputs = UniqueKeyExample.Inputs.class)
public final class UniqueKeyExample implements Module {

    private static final Duration WORK = Duration.ofSeconds(2);

    /**
     * The inputs of a job.
     *
     * @param account the account's number
     */
    public record Inputs(@Required long account) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Thread.sleep(WORK.toMillis()); // stands for work that takes a while; interrupted when the job is stopped
        task.emit(Map.of("account", task.inputs(Inputs.class).account()));
    }
}
