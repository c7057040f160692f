package dev.pawl.runtime;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/** Finds out why a server did not come up, in sentences for the operator. */
final class StartProblems {

    private final BundleContext context;
    private final StartLevels levels;

    StartProblems(BundleContext context, StartLevels levels) {
        this.context = context;
        this.levels = levels;
    }

    /** The bundles of the distribution that should run and do not, and why. */
    List<String> bundles() {
        List<String> problems = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            if (shouldRun(bundle) && bundle.getState() != Bundle.ACTIVE && bundle.getState() != Bundle.STARTING) {
                problems.add("The bundle " + bundle.getSymbolicName() + " " + bundle.getVersion() + " does not start: "
                        + reason(bundle));
            }
        }
        return problems;
    }

    /** The components that are not satisfied or failed, and why. */
    List<String> components() {
        return new ComponentReport(context).problems();
    }

    /** The console's shell, say, is installed but not started. */
    private boolean shouldRun(Bundle bundle) {
        return bundle.getLocation().startsWith("reference:")
                && (levels.besideOthers(bundle.getSymbolicName())
                        || bundle.adapt(BundleStartLevel.class).isPersistentlyStarted());
    }

    /** Starting it once more tells why: the first time the framework told nobody but its log. */
    private static String reason(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "it started only when tried again.";
        } catch (BundleException failed) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
    }
}
