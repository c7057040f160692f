package dev.pawl.it.modules.greedy;

import com.example.absent.Absent;
import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Imports a package that no installed bundle exports. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "greedy", name = "Greedy")
public final class GreedyModule implements Module {

    @Override
    public void run(TaskContext task) {
        task.info(Absent.NAME);
    }
}
