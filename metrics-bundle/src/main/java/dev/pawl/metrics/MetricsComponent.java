package dev.pawl.metrics;

import dev.pawl.service.metric.MetricsPage;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes the {@link Scrapes} with the first one, so that a server that nobody measures has none of their classes. */
@Component(service = MetricsPage.class)
public final class MetricsComponent implements MetricsPage {

    private final BundleContext context;
    private @Nullable Scrapes made;
    private boolean over;

    @Activate
    public MetricsComponent(BundleContext context) {
        this.context = context;
    }

    @Override
    public Page scrape(@Nullable String accept) {
        return scrapes().page(accept);
    }

    private synchronized Scrapes scrapes() {
        if (over) {
            throw new ProblemException(
                    ProblemCode.SHUTTING_DOWN, "The server is not measured any more, since it stops.");
        }
        Scrapes ready = made;
        if (ready == null) {
            ready = Scrapes.in(context);
            made = ready;
        }
        return ready;
    }

    /** Ends the measurements of the JVM. */
    @Deactivate
    public synchronized void stop() {
        over = true;
        Scrapes last = made;
        if (last != null) {
            last.close();
        }
    }
}
