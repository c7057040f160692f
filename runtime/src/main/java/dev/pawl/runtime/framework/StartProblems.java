package dev.pawl.runtime.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Explains why a server did not start, in sentences for the operator. */
public final class StartProblems {

    private final Logger log = LoggerFactory.getLogger(StartProblems.class);
    private final BundleContext context;

    public StartProblems(BundleContext context) {
        this.context = context;
    }

    /** The bundles of the distribution that should be running but are not, with the reasons. */
    public List<String> bundles() {
        List<String> problems = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (shouldRun(bundle) && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
                failure(bundle)
                        .ifPresent(reason -> problems.add("The bundle " + bundle.getSymbolicName() + " "
                                + bundle.getVersion() + " does not start: " + reason));
            }
        }
        return problems;
    }

    /** The unsatisfied or failed components, with the reasons. */
    public List<String> components() {
        return new ComponentReport(context).problems();
    }

    /** Whether a bundle of the distribution should be running; a fragment, for example, never does. */
    private boolean shouldRun(Bundle bundle) {
        return bundle.getLocation().startsWith("reference:")
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    /**
     * Starts a bundle once more to learn the reason: the first time the framework reported it only in its log. When the failure was a race
     * between two threads, the bundle is running now.
     */
    private Optional<String> failure(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            log.warn("The bundle {} started only at the second attempt.", bundle);
            return Optional.empty();
        } catch (BundleException failed) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return Optional.of(cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
    }
}
