package dev.pawl.http;

import dev.pawl.api.job.Scheduler;
import java.util.Map;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * There before Jetty listens: until the scheduler has come once, whoever asks for anything is told to come again, and not that it does
 * not exist. Then the API begins.
 */
@Component(
        service = {},
        immediate = true)
public final class Doorkeeper {

    private final ComponentContext components;
    private final ServiceRegistration<ConnectorFactory> errors;

    /** Has Jetty's own answers say what is the matter. */
    @Activate
    public Doorkeeper(BundleContext context, ComponentContext components) {
        this.components = components;
        this.errors = context.registerService(
                ConnectorFactory.class,
                new JettyAccess(new JettyErrors(), () -> context.getBundle(0).getState() == Bundle.STOPPING),
                FrameworkUtil.asDictionary(Map.of()));
    }

    /** Everything that the API calls comes before the scheduler. */
    @Reference(
            service = Scheduler.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "stayOpen")
    void open(ServiceReference<Scheduler> scheduler) {
        components.enableComponent(HttpServer.class.getName());
    }

    /** The API says by itself what it lacks. */
    void stayOpen(ServiceReference<Scheduler> gone) {}

    @Deactivate
    public void stop() {
        errors.unregister();
    }
}
