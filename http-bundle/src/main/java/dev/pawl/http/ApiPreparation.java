package dev.pawl.http;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Scheduler;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Prepares the {@link Api} on a thread of its own while the rest of the server starts, and lets it begin once all services that
 * it needs have been registered. Until then nothing listens: a client that is too early gets its connection refused and tries again.
 */
@Component(service = ApiPreparation.class, immediate = true)
public final class ApiPreparation {

    private final ComponentContext components;
    private final CompletableFuture<Api> api = new CompletableFuture<>();
    private boolean scheduler;
    private boolean catalog;

    /** Starts the preparation. */
    @Activate
    public ApiPreparation(ComponentContext components) {
        this.components = components;
        Thread preparation = new Thread(this::prepare, "pawl-http-start");
        preparation.setDaemon(true);
        preparation.start();
    }

    private void prepare() {
        try {
            api.complete(new Api(components.getBundleContext()));
        } catch (IOException | RuntimeException | Error failed) {
            api.completeExceptionally(failed);
        }
    }

    /**
     * The API, which does not listen yet.
     *
     * @throws IllegalStateException when it could not be prepared
     */
    Api api() {
        try {
            return api.join();
        } catch (CompletionException failed) {
            throw new IllegalStateException(FutureFailure.cause(failed).getMessage(), failed.getCause());
        }
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
        var unused = api.thenAccept(Api::close);
    }
}
