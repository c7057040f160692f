package dev.pawl.it.modules.apart;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.CleanupException;
import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** A module with a JVM of its own for each task, which it treats badly. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "apart",
        name = "Apart",
        description = "Runs in a JVM of its own.",
        inputs = ApartModule.Inputs.class,
        isolation = Isolation.PROCESS,
        memory = "64m")
public final class ApartModule implements Module {

    /**
     * The act.
     *
     * @param act what it does
     * @param to how far it counts
     */
    public record Inputs(String act, int to) {}

    private record Counted(int n, long pid, String workFolder) {}

    @Override
    public void validate(TaskContext task) throws ValidationException {
        if (task.inputs(Inputs.class).act().equals("invalid")) {
            throw new ValidationException("It is not valid.");
        }
    }

    @Override
    public void run(TaskContext task) throws Exception {
        Inputs inputs = task.inputs(Inputs.class);
        task.info("It does " + inputs.act() + ".");
        System.out.println("printed");
        switch (inputs.act()) {
            case "exit" -> System.exit(0);
            case "halt" -> Runtime.getRuntime().halt(0);
            case "kill" ->
                new ProcessBuilder(
                                "kill",
                                "-9",
                                String.valueOf(ProcessHandle.current().pid()))
                        .start()
                        .waitFor();
            case "memory" -> fill();
            case "fail" -> throw new RunException("It failed.");
            case "throw" -> throw new IllegalStateException("It threw.");
            case "spin" -> {
                task.emit(Map.of("pid", ProcessHandle.current().pid()));
                while (task.epoch() > 0) {
                    Thread.onSpinWait();
                }
            }
            case "files" -> files(task);
            default -> count(task, inputs.to());
        }
    }

    private static void count(TaskContext task, int to) throws InterruptedException {
        for (int n = task.checkpoint("n", 0) + 1; n <= to; n++) {
            task.emit(
                    new Counted(n, ProcessHandle.current().pid(), task.workDir().toString()));
            task.progress(100.0 * n / to, Map.of());
            task.checkpoint(Map.of("n", n));
            if (to > 10) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        task.data().put("seen", Map.of("job", task.jobId()));
        if (!task.jobId().equals(task.data().get("seen").orElseThrow().get("job"))) {
            throw new IllegalStateException("the documents are another's");
        }
    }

    private static void files(TaskContext task) throws IOException {
        task.files().real(task.workDir().resolve("../../pawl.db"));
    }

    private static void fill() throws InterruptedException {
        Thread side = new Thread(() -> {
            List<byte[]> held = new ArrayList<>();
            while (held.size() < Integer.MAX_VALUE) {
                held.add(new byte[1 << 20]);
            }
        });
        side.start();
        side.join();
    }

    @Override
    public void cleanup(TaskContext task) throws CleanupException {
        task.info("It cleans up.");
    }
}
