package dev.pawl.it.modules.needy;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Requires a service that no bundle provides until {@link PaperSupply} is configured. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "needy", name = "Needy")
public final class NeedyModule implements Module {

    private final Paper paper;

    @Activate
    public NeedyModule(@Reference(name = "paper", target = "(size=A4)") Paper paper) {
        this.paper = paper;
    }

    @Override
    public void run(TaskContext task) {
        task.emit(Map.of("sheets", paper.sheets()));
    }
}
