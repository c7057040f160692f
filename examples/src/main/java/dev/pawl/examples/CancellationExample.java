package dev.pawl.examples;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Computes until it is stopped. Work that never blocks checks regularly whether it must end, and lets the exception propagate. Releases its
 * external resource in {@link #cleanup}, which is called after a stop too: {@code pawl run example-cancellation --detach}, then {@code pawl
 * stop ID}.
 */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "example-cancellation", name = "Example: cancellation")
public final class CancellationExample implements Module {

    @Override
    public void run(TaskContext task) throws NoSuchAlgorithmException {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] digest = "begin".getBytes(StandardCharsets.UTF_8);
        for (long n = 0; n < Long.MAX_VALUE; n++) {
            task.throwIfCancelled();
            digest = sha.digest(digest);
        }
        task.emit(Map.of("digest", HexFormat.of().formatHex(digest)));
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        task.info("Releases its resource after " + task.elapsed().toSeconds() + " s.");
    }
}
