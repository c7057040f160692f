package dev.pawl.runtime;

import dev.pawl.launch.HttpAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Waits for the service by which the HTTP bundle registers its address. */
final class ServerUrl implements AutoCloseable {

    private static final String FILTER = "(objectClass=" + HttpAddress.class.getName() + ")";

    private final BundleContext context;
    private final CompletableFuture<URI> url = new CompletableFuture<>();
    private final ServiceListener listener = this::changed;

    ServerUrl(BundleContext context) {
        this.context = context;
        try {
            context.addServiceListener(listener, FILTER);
            ServiceReference<?>[] there = context.getAllServiceReferences(null, FILTER);
            if (there != null) {
                take(there[0]);
            }
        } catch (InvalidSyntaxException constant) {
            throw new IllegalStateException(constant);
        }
    }

    /** The address; empty when the time is over. */
    Optional<URI> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(url.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException silent) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        context.removeServiceListener(listener);
    }

    private void changed(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED) {
            take(event.getServiceReference());
        }
    }

    private void take(ServiceReference<?> reference) {
        if (context.getService(reference) instanceof HttpAddress found) {
            url.complete(found.url());
        }
    }
}
