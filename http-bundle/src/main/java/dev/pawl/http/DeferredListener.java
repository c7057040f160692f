package dev.pawl.http;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.http.proxy.TrustedProxies;
import dev.pawl.http.server.Listener;
import dev.pawl.http.tls.Tls;
import dev.pawl.http.tls.TlsSettings;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Scheduler;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.osgi.framework.BundleContext;
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
    private volatile Optional<Tls> tls = Optional.empty();
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
            tls = tls();
            Listener prepared = new Listener(new JettyErrors(), Lanes.THREADS, tls, proxies());
            prepared.start();
            listener.complete(prepared);
        } catch (RuntimeException | Error failed) {
            listener.completeExceptionally(failed);
        }
    }

    private Optional<TrustedProxies> proxies() {
        return TrustedProxies.read(components.getBundleContext()::getProperty);
    }

    private Optional<Tls> tls() {
        BundleContext context = components.getBundleContext();
        Optional<TlsSettings> settings = TlsSettings.read(context::getProperty);
        if (settings.isPresent()) {
            // Jetty finds the part of HTTP/2 that encodes headers in advance by the thread's class loader.
            Thread.currentThread().setContextClassLoader(DeferredListener.class.getClassLoader());
        }
        return settings.map(
                files -> Tls.open(files, Settings.read(context::getProperty).data(), InstantSource.system()));
    }

    /**
     * The listener, which does not listen yet.
     *
     * @throws IllegalStateException when it could not be prepared
     */
    Listener listener() {
        try {
            return listener.join();
        } catch (CompletionException failed) {
            throw new IllegalStateException(FutureFailure.cause(failed).getMessage(), failed.getCause());
        }
    }

    /** Whether the way to the server is encrypted, by itself or by a proxy. */
    boolean isProtected() {
        return tls.isPresent() || proxies().isPresent();
    }

    /** The names for which the server's certificate is valid; none without TLS. */
    Set<String> certificateNames() {
        return tls.map(Tls::names).orElse(Set.of());
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
