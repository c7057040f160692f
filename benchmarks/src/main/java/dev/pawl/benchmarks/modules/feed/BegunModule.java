package dev.pawl.benchmarks.modules.feed;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Tells the module beside it when its code began to run. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = BegunModule.ID, name = "Begun")
public final class BegunModule implements Module {

    static final String ID = "begun";

    static final BlockingQueue<Long> BEGUN = new LinkedBlockingQueue<>();

    @Override
    public void run(TaskContext task) {
        BEGUN.add(System.nanoTime());
    }
}
