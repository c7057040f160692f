package dev.pawl.http.health;

import dev.pawl.http.answer.HealthJson.Check;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSink;
import dev.pawl.service.metric.MetricSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The health checks of other bundles: whatever is registered as a {@code HealthCheck} of Apache Felix. While there are none, this is a
 * look-up in the registry of services, and neither a thread nor a class more. Safe for many threads.
 */
public final class BundleChecks implements MetricSource, AutoCloseable {

    /** By name, since the API is loaded only with the first check. */
    static final String TYPE = "org.apache.felix.hc.api.HealthCheck";

    private final BundleContext context;
    private @Nullable CheckRuns runs;
    private boolean over;

    public BundleChecks(BundleContext context) {
        this.context = context;
    }

    /** The latest state of each check. Checks whose state is old begin to run; they are waited for no longer than a moment. */
    public List<Check> states() {
        List<ServiceReference<?>> found = references();
        CheckRuns ready = found.isEmpty() ? null : runs();
        return ready == null ? List.of() : ready.states(found);
    }

    @Override
    public void collect(MetricSink sink) {
        for (Check check : states()) {
            sink.gauge(
                    "pawl_health_check",
                    "Health checks of bundles: 1 while they are passed.",
                    check.isFailed() ? 0 : 1,
                    new Label("check", check.name()));
        }
    }

    /** The checks of others: the server's own are told by the health itself. */
    private List<ServiceReference<?>> references() {
        try {
            ServiceReference<?>[] all = context.getServiceReferences(TYPE, null);
            List<ServiceReference<?>> others = new ArrayList<>();
            for (ServiceReference<?> each : all == null ? new ServiceReference<?>[0] : all) {
                if (each.getBundle() != null
                        && each.getBundle().getBundleId() != context.getBundle().getBundleId()) {
                    others.add(each);
                }
            }
            return others;
        } catch (InvalidSyntaxException noFilter) {
            throw new IllegalStateException(noFilter);
        } catch (IllegalStateException stopped) {
            return List.of();
        }
    }

    private synchronized @Nullable CheckRuns runs() {
        if (runs == null && !over) {
            runs = new CheckRuns(context);
        }
        return runs;
    }

    /** Runs no more checks, and interrupts those that run. */
    @Override
    public synchronized void close() {
        over = true;
        CheckRuns last = runs;
        runs = null;
        if (last != null) {
            last.close();
        }
    }
}
