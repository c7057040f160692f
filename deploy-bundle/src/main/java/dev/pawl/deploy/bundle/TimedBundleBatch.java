package dev.pawl.deploy.bundle;

import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Starts or stops several bundles one after another; a slow one does not delay the others. */
final class TimedBundleBatch {

    /** The time that each call gets before the next one begins. */
    private static final Duration HEAD_START = Duration.ofSeconds(1);

    private final TimedBundleCalls calls;
    private final String verb;
    private final Step step;

    /** The step for each bundle. */
    @FunctionalInterface
    interface Step {
        void with(Bundle bundle) throws BundleException;
    }

    /** @param verb the verb for the step in messages, such as {@code start} */
    TimedBundleBatch(TimedBundleCalls calls, String verb, Step step) {
        this.calls = calls;
        this.verb = verb;
        this.step = step;
    }

    /**
     * Runs the step for each bundle; returns when each call has returned or timed out.
     *
     * @return the failures by bundle: a {@link BundleException}, or a {@link ProblemException} after a timeout
     */
    Map<Bundle, Exception> over(List<Bundle> bundles) {
        Map<Bundle, TimedBundleCalls.Pending> begun = new LinkedHashMap<>();
        for (Bundle bundle : bundles) {
            TimedBundleCalls.Pending pending = calls.begin(bundle, verb, () -> step.with(bundle));
            pending.await(HEAD_START);
            begun.put(bundle, pending);
        }
        begun.values().forEach(TimedBundleCalls.Pending::interrupt);
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
