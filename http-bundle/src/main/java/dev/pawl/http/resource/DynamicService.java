package dev.pawl.http.resource;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** A part of the product that comes and goes as a service, while the API stays and says so. */
public final class DynamicService<T> {

    private final String name;
    private final ServiceTracker<T, T> services;

    DynamicService(BundleContext context, Class<T> type) {
        this.name = type.getSimpleName();
        this.services = new ServiceTracker<>(context, type, null);
        services.open();
    }

    /** The service. */
    public T get() {
        return find().orElseThrow(() -> new ProblemException(
                ProblemCode.PART_MISSING, "The server runs without its part " + name + " at this moment."));
    }

    public Optional<T> find() {
        return Optional.ofNullable(services.getService());
    }

    /** How often it came or went; less than before once this is closed. */
    int moves() {
        return services.getTrackingCount();
    }

    void close() {
        services.close();
    }
}
