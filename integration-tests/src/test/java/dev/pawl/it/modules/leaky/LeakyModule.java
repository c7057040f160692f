package dev.pawl.it.modules.leaky;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.sql.DriverManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Leaves something behind that outlives the bundle. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "leaky", name = "Leaky", inputs = LeakyModule.Inputs.class)
public final class LeakyModule implements Module {

    private static final ThreadLocal<LeakyModule> LOCAL = new ThreadLocal<>();

    /** The kind of leak. */
    public record Inputs(@Required String what) {}

    @Override
    public void run(TaskContext task) throws Exception {
        switch (task.inputs(Inputs.class).what()) {
            case "thread" -> {
                Thread thread = new Thread(LeakyModule::waitForever, "leaky thread");
                thread.setDaemon(true);
                thread.start();
                onThePool(() -> task.info("The pool's thread is made, with this version's class loader as context."));
            }
            case "virtual thread" ->
                startVirtual(() -> {
                    Thread.currentThread().setName("leaky virtual thread");
                    waitForever();
                });
            case "thread local" -> onThePool(() -> LOCAL.set(this));
            case "hook" -> Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "leaky hook"));
            case "handler" -> Logger.getLogger("").addHandler(new StreamHandler() {});
            case "process" -> new ProcessBuilder("true").start().waitFor();
            case "driver" -> DriverManager.registerDriver(new LeakyDriver());
            default -> task.info("nothing");
        }
    }

    /** Runs the work on the JVM's thread for delayed futures, which is shared and never ends. */
    private static void onThePool(Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run)
                .execute(() -> {
                    work.run();
                    done.countDown();
                });
        done.await();
    }

    /** Starts a virtual thread, or an ordinary one when the JVM has no virtual threads. */
    private static void startVirtual(Runnable life) throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            Thread thread = new Thread(life);
            thread.setDaemon(true);
            thread.start();
        } else {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, life);
        }
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
