package dev.pawl.benchmarks.modules.load;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Waits until it is told to stop. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "wait", name = "wait")
public final class WaitModule implements Module {

    @Override
    public void run(TaskContext task) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
