package dev.pawl.http.resource;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * A service that the API calls and that may be registered and unregistered at any time; while it is missing the API answers with a problem. It
 * is taken from the framework with its first use, so that a part of the server that nobody uses is not even made.
 */
public final class DynamicService<T> {

    private final String name;
    private final ServiceTracker<T, Held<T>> services;

    DynamicService(BundleContext context, Class<T> type) {
        this.name = type.getSimpleName();
        this.services = new ServiceTracker<>(context, type, new Holding<>(context));
    }

    /** Begins to follow the service. */
    void open() {
        services.open();
    }

    /** The service. */
    public T get() {
        return find().orElseThrow(() -> new ProblemException(
                ProblemCode.PART_MISSING, "The part " + name + " of the server is not available at this moment."));
    }

    public Optional<T> find() {
        Held<T> held = services.getService();
        return held == null ? Optional.empty() : Optional.ofNullable(held.get());
    }

    /** The number of times it was registered or unregistered; less than before once this is closed. */
    int moves() {
        return services.getTrackingCount();
    }

    void close() {
        services.close();
    }

    /** Keeps what was taken from the framework, and gives it back. */
    private record Holding<T>(BundleContext context) implements ServiceTrackerCustomizer<T, Held<T>> {

        @Override
        public Held<T> addingService(ServiceReference<T> reference) {
            return new Held<>(context, reference);
        }

        @Override
        public void modifiedService(ServiceReference<T> reference, Held<T> held) {}

        @Override
        public void removedService(ServiceReference<T> reference, Held<T> held) {
            held.giveBack();
        }
    }

    /** A registered service, taken from the framework with its first use. */
    private static final class Held<T> {

        private final BundleContext context;
        private final ServiceReference<T> reference;
        private volatile @Nullable T service;
        private boolean isGone;

        Held(BundleContext context, ServiceReference<T> reference) {
            this.context = context;
            this.reference = reference;
        }

        /** The service; null when it cannot be made, or was unregistered. */
        @Nullable
        T get() {
            T known = service;
            return known == null ? taken() : known;
        }

        private synchronized @Nullable T taken() {
            if (service == null && !isGone) {
                service = context.getService(reference);
            }
            return service;
        }

        synchronized void giveBack() {
            isGone = true;
            if (service != null) {
                service = null;
                context.ungetService(reference);
            }
        }
    }
}
