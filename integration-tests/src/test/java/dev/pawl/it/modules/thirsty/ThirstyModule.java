package dev.pawl.it.modules.thirsty;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** A module that needs a service which another component of its bundle offers, and that one fails to activate: {@link EmptyWell}. */
@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)
@AutomationModule(id = "thirsty", name = "Thirsty")
public final class ThirstyModule implements Module {

    /** The service that is never there. */
    public interface Water {}

    /** Takes the water. */
    @Activate
    public ThirstyModule(@Reference(name = "water") Water water) {}

    @Override
    public void run(TaskContext task) {}
}
