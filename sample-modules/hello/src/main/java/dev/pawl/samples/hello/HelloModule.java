package dev.pawl.samples.hello;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Bounds;
import dev.pawl.api.module.Default;
import dev.pawl.api.module.Description;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Greets somebody a number of times, with a result for each step; resumes where it stopped. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(
        id = "hello",
        name = "Hello World",
        description = "Greets somebody a number of times.",
        capabilities = {"greeting", "sample"},
        inputs = HelloModule.Inputs.class)
public final class HelloModule implements Module {

    /** The interval at which a waiting step checks whether its job must end, in milliseconds. */
    private static final long CHECK_EVERY_MS = 200;

    /**
     * The inputs of a greeting.
     *
     * @param name the person to greet
     * @param count the number of greetings, 1 to 1,000,000
     * @param delayMs the pause before each greeting, 0 ms to 1 hour
     */
    public record Inputs(
            @Required @Description("Whom to greet.") String name,

            @Default("3") @Bounds(min = 1, max = 1_000_000) @Description("How often.")
            int count,

            @Default("0")
            @Bounds(min = 0, max = 3_600_000)
            @Description("How long to wait before each greeting, in milliseconds.")
            int delayMs) {}

    /** A result. */
    public record Greeting(String greeting, int iteration) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        Inputs inputs = task.inputs(Inputs.class);
        String greeting = "Hello, " + inputs.name() + "!";
        for (int n = task.checkpoint("iteration", 0) + 1; n <= inputs.count(); n++) {
            await(inputs.delayMs(), task);
            task.info(greeting + " (" + n + "/" + inputs.count() + ")");
            task.emit(new Greeting(greeting, n));
            task.progress(100.0 * n / inputs.count(), Map.of("iteration", n));
            task.checkpoint(Map.of("iteration", n));
        }
    }

    private static void await(long delayMs, TaskContext task) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        long left = delayMs;
        while (left > 0 && !never.await(Math.min(left, CHECK_EVERY_MS), TimeUnit.MILLISECONDS)) {
            task.throwIfCancelled();
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }
}
