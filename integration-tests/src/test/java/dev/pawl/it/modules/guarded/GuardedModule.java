package dev.pawl.it.modules.guarded;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Secret;
import dev.pawl.api.module.TaskContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Emits the SHA-256 of its secrets, in two steps; between them it waits as long as it is told, unless it is resumed there. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "guarded",
        name = "Guarded",
        inputs = GuardedModule.Inputs.class,
        settings = GuardedModule.Settings.class)
public final class GuardedModule implements Module {

    /**
     * A secret that the job brings along, and the pause.
     *
     * @param seconds the pause between the steps
     */
    public record Inputs(
            @Secret @Default("none") String password,
            @Default("0") int seconds) {}

    /** A secret that an admin configures. */
    public record Settings(@Secret @Default("none") String apiKey) {}

    @Override
    public void run(TaskContext task) throws InterruptedException, GeneralSecurityException {
        int first = task.checkpoint("done", 0) + 1;
        for (int step = first; step <= 2; step++) {
            if (step > first) {
                TimeUnit.SECONDS.sleep(task.inputs(Inputs.class).seconds());
            }
            task.emit(Map.of(
                    "password", digest(task.inputs(Inputs.class).password()),
                    "api_key", digest(task.settings(Settings.class).apiKey())));
            task.checkpoint(Map.of("done", step));
        }
    }

    private static String digest(String text) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }
}
