package dev.pawl.it.modules.sleeper;

import dev.pawl.service.job.Scheduler;
import java.io.IOException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A part of the module that is activated once the scheduler is there, by the framework's own thread; it hangs as the activator does. */
@Component(service = SleeperPart.class, immediate = true)
public final class SleeperPart {

    @Activate
    public SleeperPart(BundleContext context, @Reference Scheduler scheduler) throws InterruptedException, IOException {
        SleeperActivator.hang(context, "activate");
    }
}
