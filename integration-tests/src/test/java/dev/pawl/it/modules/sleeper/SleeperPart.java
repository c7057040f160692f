package dev.pawl.it.modules.sleeper;

import java.io.IOException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A component of the module that the framework's own thread activates once the scheduler is there; it hangs as the activator does. Modules
 * do not see the scheduler's interface, but they can wait for its service.
 */
@Component(service = SleeperPart.class, immediate = true)
public final class SleeperPart {

    private static final String SCHEDULER = "(objectClass=dev.pawl.service.job.Scheduler)";

    @Activate
    public SleeperPart(
            BundleContext context, @Reference(service = AnyService.class, target = SCHEDULER) Object scheduler)
            throws InterruptedException, IOException {
        SleeperActivator.hang(context, "activate");
    }
}
