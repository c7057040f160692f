package dev.pawl.runtime.framework;

import dev.pawl.launch.StartFailure;
import dev.pawl.runtime.start.HungStartException;
import dev.pawl.runtime.start.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.launch.Framework;

/**
 * The start of a framework, on a thread of its own: a module can keep that thread for ever. The deploy-bundle tells of it by a
 * {@link StartFailure}.
 */
final class FrameworkStart {

    private static final String FAILURE = "(objectClass=" + StartFailure.class.getName() + ")";

    /** The time after which a slow start is examined; longer than the store waits for another program's lock. */
    private static final Duration SLOW = Duration.ofSeconds(20);

    private final Framework framework;
    private final BundleContext context;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ServiceListener failures = this::failed;

    FrameworkStart(Framework framework) {
        this.framework = framework;
        this.context = framework.getBundleContext();
    }

    /**
     * Starts the framework and waits until it has started.
     *
     * @throws HungStartException when it never will have started
     */
    void await() throws BundleException, StartException, InterruptedException {
        try {
            context.addServiceListener(failures, FAILURE);
        } catch (InvalidSyntaxException constant) {
            throw new IllegalStateException(constant);
        }
        Thread thread = new Thread(this::start, "pawl-start");
        thread.setDaemon(true);
        thread.start();
        try {
            awaitEnd();
        } catch (ExecutionException failed) {
            rethrow(Objects.requireNonNull(failed.getCause()));
        } finally {
            context.removeServiceListener(failures);
        }
    }

    /**
     * Waits for the end of the start. Each user of a failed component tries it again, which may take as long each time; therefore a slow
     * start is examined.
     */
    private void awaitEnd() throws HungStartException, InterruptedException, ExecutionException {
        while (true) {
            try {
                end.get(SLOW.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException slow) {
                List<String> failures = new ComponentReport(context).failures();
                if (!failures.isEmpty()) {
                    throw new HungStartException("The server does not start.\n" + String.join("\n", failures));
                }
            }
        }
    }

    private void start() {
        try {
            framework.start();
            end.complete(null);
        } catch (BundleException | RuntimeException failed) {
            end.completeExceptionally(failed);
        }
    }

    private void failed(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED
                && context.getService(event.getServiceReference()) instanceof StartFailure failure) {
            end.completeExceptionally(new HungStartException(failure.reason()));
        }
    }

    private static void rethrow(Throwable failure) throws BundleException, StartException {
        if (failure instanceof BundleException refused) {
            throw refused;
        }
        if (failure instanceof StartException hung) {
            throw hung;
        }
        throw new StartException("The framework does not start: " + failure.getMessage() + ".", failure);
    }
}
