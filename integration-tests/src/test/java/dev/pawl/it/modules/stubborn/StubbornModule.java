package dev.pawl.it.modules.stubborn;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Required;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Hangs: waits or ignores interrupts in the first run of a job, or hangs in its cleanup. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "stubborn", name = "Stubborn", inputs = StubbornModule.Inputs.class)
public final class StubbornModule implements Module {

    /** The way in which it hangs. */
    public record Inputs(@Required String how) {}

    @Override
    public void run(TaskContext task) throws InterruptedException {
        String how = task.inputs(Inputs.class).how();
        task.checkpoint(Map.of("began", true));
        task.emit(Map.of(
                "version",
                FrameworkUtil.getBundle(StubbornModule.class).getVersion().toString()));
        if (task.epoch() == 1 && how.equals("waits")) {
            new CountDownLatch(1).await();
        }
        if (task.epoch() == 1 && how.equals("spins")) {
            spin();
        }
    }

    @Override
    public void cleanup(TaskContext task) {
        if (task.inputs(Inputs.class).how().equals("cleanup")) {
            spin();
        }
    }

    private static void spin() {
        while (Thread.currentThread().isAlive()) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }
}
