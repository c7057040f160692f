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

/** Finds out why a server did not come up, in sentences for the operator. */
public final class StartProblems {

    private final Logger log = LoggerFactory.getLogger(StartProblems.class);
    private final BundleContext context;

    public StartProblems(BundleContext context) {
        this.context = context;
    }

    /** The bundles of the distribution that should run and do not, and why. */
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

    /** The components that are not satisfied or failed, and why. */
    public List<String> components() {
        return new ComponentReport(context).problems();
    }

    /** The console's shell, say, is installed but not started. */
    private boolean shouldRun(Bundle bundle) {
        return bundle.getLocation().startsWith("reference:")
                && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
    }

    /**
     * Starting it once more tells why: the first time the framework told nobody but its log. Where that was because two threads met, it
     * is up now.
     */
    private Optional<String> failure(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            log.warn("The bundle {} started only when it was tried again.", bundle);
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
