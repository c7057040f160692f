package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/** A process of its own that transforms a file, and keeps each checkpoint in another file, so that it can be killed. */
final class KilledProcess {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private KilledProcess() {}

    /**
     * Transforms the file, from the checkpoint that is kept.
     *
     * @param arguments the folder, the source and the output
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Path kept = folder.resolve("checkpoint.json");
        Map<String, Object> values = new HashMap<>();
        JobHarness job = JobHarness.of(() -> keeping(kept, values))
                .roots(folder)
                .workDir(folder)
                .settings(Map.of("checkpoint_s", 0))
                .inputs(Map.of(
                        "source", folder.resolve(arguments[1]).toString(),
                        "output", folder.resolve(arguments[2]).toString()));
        if (Files.exists(kept)) {
            values.putAll(Mappers.JSON.readValue(kept.toFile(), OBJECT));
            job.from(values);
        }
        HarnessRun run = job.run();
        System.exit(run.outcome() == HarnessRun.Outcome.COMPLETED ? 0 : 1);
    }

    private static Module keeping(Path kept, Map<String, Object> values) {
        return task -> new TransformModule().run((TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(), new Class<?>[] {TaskContext.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(task, arguments);
                        if (method.getName().equals("checkpoint") && arguments.length == 1) {
                            ((Map<?, ?>) arguments[0]).forEach((name, value) -> values.put((String) name, value));
                            Path next = kept.resolveSibling("checkpoint.next");
                            Mappers.JSON.writeValue(next.toFile(), values);
                            Files.move(next, kept, StandardCopyOption.ATOMIC_MOVE);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
