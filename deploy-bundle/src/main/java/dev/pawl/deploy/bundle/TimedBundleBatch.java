package dev.pawl.deploy.bundle;

import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Starts or stops several bundles, one after the other; one that is slow does not keep the others waiting. */
final class TimedBundleBatch {

    /** For how long the next one waits to begin. */
    private static final Duration HASTE = Duration.ofSeconds(1);

    private final TimedBundleCalls calls;
    private final String verb;
    private final Step step;

    /** What is done with each bundle. */
    @FunctionalInterface
    interface Step {
        void with(Bundle bundle) throws BundleException;
    }

    /** @param verb what the step does, such as {@code start} */
    TimedBundleBatch(TimedBundleCalls calls, String verb, Step step) {
        this.calls = calls;
        this.verb = verb;
        this.step = step;
    }

    /**
     * Returns when each has come back, or its time is over.
     *
     * @return why some failed: a {@link BundleException}, or a {@link ProblemException} when one did not come back in time
     */
    Map<Bundle, Exception> over(List<Bundle> bundles) {
        Map<Bundle, TimedBundleCalls.Pending> begun = new LinkedHashMap<>();
        for (Bundle bundle : bundles) {
            TimedBundleCalls.Pending pending = calls.begin(bundle, verb, () -> step.with(bundle));
            pending.linger(HASTE);
            begun.put(bundle, pending);
        }
        begun.values().forEach(TimedBundleCalls.Pending::hurry);
        Map<Bundle, Exception> failures = new LinkedHashMap<>();
        begun.forEach((bundle, pending) -> {
            try {
                pending.end();
            } catch (BundleException | ProblemException e) {
                failures.put(bundle, e);
            }
        });
        return failures;
    }
}
