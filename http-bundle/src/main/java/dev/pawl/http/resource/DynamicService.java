package dev.pawl.http.resource;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A service that the API calls and that may be registered and unregistered at any time; while it is missing the API answers with a problem.
 */
public final class DynamicService<T> {

    private final String name;
    private final ServiceTracker<T, T> services;

    DynamicService(BundleContext context, Class<T> type) {
        this.name = type.getSimpleName();
        this.services = new ServiceTracker<>(context, type, null);
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
        return Optional.ofNullable(services.getService());
    }

    /** The number of times it was registered or unregistered; less than before once this is closed. */
    int moves() {
        return services.getTrackingCount();
    }

    void close() {
        services.close();
    }
}
