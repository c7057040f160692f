package dev.pawl.fetch;

import dev.pawl.service.fetch.FetchRequest;
import dev.pawl.service.fetch.Fetched;
import dev.pawl.service.fetch.ProxyFetch;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes the {@link Fetches} with the first request, so that a server that gets none has neither its threads nor its classes. */
@Component(service = ProxyFetch.class)
public final class FetchComponent implements ProxyFetch {

    private final BundleContext context;
    private @Nullable Fetches made;
    private boolean over;

    @Activate
    public FetchComponent(BundleContext context) {
        this.context = context;
    }

    @Override
    public CompletionStage<Fetched> fetch(FetchRequest request) {
        return fetches().fetch(request);
    }

    private synchronized Fetches fetches() {
        if (over) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server makes no more requests, since it stops.");
        }
        Fetches ready = made;
        if (ready == null) {
            ready = new Fetches(FetchSettings.read(context::getProperty).client());
            made = ready;
        }
        return ready;
    }

    /** Ends all requests. */
    @Deactivate
    public void stop() {
        Fetches last;
        synchronized (this) {
            over = true;
            last = made;
        }
        if (last != null) {
            last.close();
        }
    }
}
