package dev.pawl.deploy.bundle;

import dev.pawl.launch.ModuleLocation;
import dev.pawl.launch.StartLevel;
import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework's bundles that hold modules, known by their location {@link ModuleLocation}; the one place that installs, starts,
 * stops and uninstalls any. The framework does not start them by itself: its only start thread would wait for ever for one that hangs.
 * So they are started for one run of the server, and have the lowest start level, at which it has the least to wait for when it stops.
 */
public final class ModuleBundles {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleBundles.class);

    /** A location that marks a module bundle that is not installed. */
    public static final String PLANNED_LOCATION = ModuleLocation.of("planned");

    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(30);

    private final BundleContext framework;
    private final TimedBundleCalls calls;

    /**
     * @param framework the context of the system bundle, which sees every bundle
     * @param calls runs calls into bundles with a timeout
     */
    public ModuleBundles(BundleContext framework, TimedBundleCalls calls) {
        this.framework = framework;
        this.calls = calls;
    }

    /** Whether a bundle is a module bundle, installed by the deployer. */
    public static boolean isOurs(Bundle bundle) {
        return ModuleLocation.isModule(bundle.getLocation());
    }

    /** The digest of the artifact from which a module bundle was installed. */
    public static String artifact(Bundle ours) {
        return ModuleLocation.sha256(ours.getLocation()).orElseThrow();
    }

    /** All module bundles. */
    public List<Bundle> installed() {
        return Arrays.stream(framework.getBundles())
                .filter(ModuleBundles::isOurs)
                .toList();
    }

    /** The bundle of an artifact. */
    public Optional<Bundle> find(String sha256) {
        return Optional.ofNullable(framework.getBundle(ModuleLocation.of(sha256)));
    }

    /** Whether a bundle of the runtime itself has that symbolic name. */
    public boolean isOfTheRuntime(String symbolicName) {
        return Arrays.stream(framework.getBundles())
                .anyMatch(bundle -> !isOurs(bundle) && symbolicName.equals(bundle.getSymbolicName()));
    }

    /** Installs an artifact, or returns its bundle when it is installed already. */
    public Bundle install(String sha256, InputStream content) {
        try (content) {
            Bundle bundle = framework.installBundle(ModuleLocation.of(sha256), content);
            refuseStuck(bundle);
            return bundle;
        } catch (BundleException e) {
            throw new ProblemException(
                    ProblemCode.NOT_A_BUNDLE, "The framework refuses the bundle: " + RootCause.of(e) + ".", e);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The artifact cannot be read: " + IoReason.of(e) + ".", e);
        }
    }

    /** Whether the framework has gone beyond the deployer's own level, in which the deployer starts what was installed before. */
    public boolean modulesRun() {
        FrameworkStartLevel level =
                framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
        return level != null && level.getStartLevel() > StartLevel.DEPLOYER;
    }

    /** Starts a bundle; while the framework itself starts, this is left to {@link #startAll}. */
    public void start(Bundle bundle) {
        if (!modulesRun()) {
            return;
        }
        refuseStuck(bundle);
        try {
            calls.call(bundle, "start", () -> startForNow(bundle));
        } catch (BundleException e) {
            throw notStarted(bundle, e);
        }
    }

    /**
     * Starts several bundles, at the time when previously installed ones are started.
     *
     * @return the failures, by bundle
     */
    public Map<Bundle, ProblemException> startAll(List<Bundle> all) {
        Map<Bundle, ProblemException> problems = new LinkedHashMap<>();
        new TimedBundleBatch(calls, "start", ModuleBundles::startForNow)
                .over(all)
                .forEach((bundle, failure) -> problems.put(
                        bundle,
                        failure instanceof BundleException e ? notStarted(bundle, e) : (ProblemException) failure));
        return problems;
    }

    /** Whether the whole server is stopping, and not only the deployer. */
    public boolean isServerStopping() {
        return framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
    }

    /** Stops all module bundles with the server. */
    public void stopAll() {
        List<Bundle> running = new ArrayList<>(installed());
        running.removeIf(bundle -> bundle.getState() != Bundle.ACTIVE);
        Collections.reverse(running);
        new TimedBundleBatch(calls, "stop", bundle -> bundle.stop(Bundle.STOP_TRANSIENT))
                .over(running)
                .forEach((bundle, failure) ->
                        LOG.warn("Bundle {} did not stop cleanly: {}", name(bundle), RootCause.of(failure)));
    }

    /** Wires a bundle to the others without starting it. */
    public void resolve(Bundle bundle) {
        if (!wiring().resolveBundles(List.of(bundle))) {
            start(bundle); // this fails for the same reason, and names it
            if (bundle.getState() == Bundle.INSTALLED) {
                throw new ProblemException(
                        ProblemCode.UNRESOLVED, "The bundle " + name(bundle) + " does not resolve with the others.");
            }
        }
    }

    /** Stops a bundle; a stuck one is stopped when its thread returns. */
    public void stop(Bundle bundle) {
        if (calls.isStuck(bundle)) {
            calls.whenFree(bundle, () -> stop(bundle));
            return;
        }
        try {
            calls.call(bundle, "stop", bundle::stop);
        } catch (BundleException e) {
            LOG.warn("Bundle {} is stopped, although its activator failed: {}", name(bundle), RootCause.of(e));
        } catch (ProblemException e) {
            LOG.warn("{} It is treated as stopped.", e.getMessage());
        }
    }

    /** Stops a bundle and, when no other bundle uses it, releases its class loader; it gets a new one when it starts again. */
    public void rest(Bundle bundle) {
        stop(bundle);
        if (dependents(bundle).isEmpty()) {
            refresh(bundle);
        }
    }

    /** Uninstalls a bundle and releases its class loader; the {@linkplain #dependents dependents} are restarted. */
    public void uninstall(Bundle bundle) {
        if (calls.isStuck(bundle)) {
            calls.whenFree(bundle, () -> uninstall(bundle));
            return;
        }
        try {
            calls.call(bundle, "uninstall", bundle::uninstall);
        } catch (BundleException e) {
            LOG.warn("Bundle {} is uninstalled, but not cleanly: {}", name(bundle), RootCause.of(e));
        } catch (ProblemException e) {
            LOG.warn("{}", e.getMessage());
            calls.whenFree(bundle, () -> LOG.info("Bundle {} is uninstalled after all.", name(bundle)));
            return;
        }
        Collection<Bundle> pending = wiring().getRemovalPendingBundles();
        if (pending.contains(bundle)) {
            refresh(bundle);
        }
    }

    /** The other bundles that use packages of this one: they are restarted when it is uninstalled. */
    public List<Bundle> dependents(Bundle bundle) {
        return wiring().getDependencyClosure(Set.of(bundle)).stream()
                .filter(other -> !other.equals(bundle))
                .toList();
    }

    public static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private void refresh(Bundle bundle) {
        if (wiring().getDependencyClosure(Set.of(bundle)).stream().anyMatch(calls::isStuck)) {
            LOG.warn("Bundle {} keeps its classes until the server is restarted.", name(bundle));
            return; // the framework would wait for the stuck one, with the lock that everything else needs
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(Set.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        if (!modulesRun()) {
            return; // the framework's own thread must not wait for another one of the framework
        }
        try {
            if (!refreshed.await(REFRESH_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Bundle {} is uninstalled, but the framework has not released it yet.", name(bundle));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the framework continues without this thread
        }
    }

    private FrameworkWiring wiring() {
        FrameworkWiring wiring =
                framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
        if (wiring == null) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping.");
        }
        return wiring;
    }

    private static void startForNow(Bundle bundle) throws BundleException {
        bundle.start(Bundle.START_TRANSIENT);
    }

    private void refuseStuck(Bundle bundle) {
        if (calls.isStuck(bundle)) {
            throw new ProblemException(
                    ProblemCode.ACTIVATION_FAILED,
                    "The bundle " + name(bundle) + " was tried before, and one of its threads does not end; "
                            + "restart the server first.");
        }
    }

    private static ProblemException notStarted(Bundle bundle, BundleException e) {
        return e.getType() == BundleException.RESOLVE_ERROR
                ? new ProblemException(
                        ProblemCode.UNRESOLVED,
                        "The bundle " + name(bundle) + " does not resolve: " + withoutRepeats(e.getMessage()),
                        e)
                : new ProblemException(
                        ProblemCode.ACTIVATION_FAILED,
                        "The bundle " + name(bundle) + " could not be started: " + RootCause.of(e),
                        e);
    }

    /** Removes the list that the framework appends in a form of its own. */
    private static String withoutRepeats(@Nullable String message) {
        return String.valueOf(message).replaceFirst(" Unresolved requirements: .*", "");
    }
}
