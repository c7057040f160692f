package dev.pawl.http;

import dev.pawl.http.server.Listener;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Scheduler;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Prepares the {@link Listener} on a thread of its own while the rest of the server starts, and lets the API begin once all services that
 * it needs have been registered. Until then nothing listens: a client that is too early gets its connection refused and tries again.
 */
@Component(service = DeferredListener.class, immediate = true)
public final class DeferredListener {

    private final ComponentContext components;
    private final CompletableFuture<Listener> listener = new CompletableFuture<>();
    private boolean scheduler;
    private boolean catalog;

    /** Starts the preparation. */
    @Activate
    public DeferredListener(ComponentContext components) {
        this.components = components;
        Thread preparation = new Thread(this::prepare, "pawl-http-start");
        preparation.setDaemon(true);
        preparation.start();
    }

    private void prepare() {
        try {
            Listener prepared = new Listener(new JettyErrors(), Lanes.THREADS);
            prepared.start();
            listener.complete(prepared);
        } catch (RuntimeException | Error failed) {
            listener.completeExceptionally(failed);
        }
    }

    /** The listener, which does not listen yet. */
    Listener listener() {
        return listener.join();
    }

    /** All services that the API calls are registered before it. */
    @Reference(
            service = Scheduler.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "stayOpen")
    synchronized void schedulerCame(ServiceReference<Scheduler> reference) {
        scheduler = true;
        openWhenComplete();
    }

    @Reference(
            service = ModuleCatalog.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            unbind = "stayOpen")
    synchronized void catalogCame(ServiceReference<ModuleCatalog> reference) {
        catalog = true;
        openWhenComplete();
    }

    private void openWhenComplete() {
        if (scheduler && catalog) {
            components.enableComponent(HttpServer.class.getName());
        }
    }

    /** The API reports missing services by itself. */
    void stayOpen(ServiceReference<?> gone) {}

    @Deactivate
    public void stop() {
        var unused = listener.thenAccept(Listener::stop);
    }
}
