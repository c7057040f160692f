package dev.pawl.deploy;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The framework's bundles that hold modules, known by their location {@code pawl:<sha256>}; the one place that installs, starts,
 * stops and uninstalls any.
 */
final class Bundles {

    /** After the services that modules use, before the scheduler that runs them. */
    static final int START_LEVEL = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);
    private static final String SCHEME = "pawl:";
    private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(30);

    private final BundleContext framework;
    private final Patience patience;

    /**
     * @param framework the context of the system bundle, which sees every bundle
     * @param patience how long a bundle may take
     */
    Bundles(BundleContext framework, Patience patience) {
        this.framework = framework;
        this.patience = patience;
    }

    /** Whether a bundle is one that we installed. */
    static boolean isOurs(Bundle bundle) {
        return bundle.getLocation().startsWith(SCHEME);
    }

    /** The digest of the artifact that one of our bundles was installed from. */
    static String artifact(Bundle ours) {
        return ours.getLocation().substring(SCHEME.length());
    }

    /** All that we installed. */
    List<Bundle> installed() {
        return Arrays.stream(framework.getBundles()).filter(Bundles::isOurs).toList();
    }

    /** The bundle of an artifact. */
    Optional<Bundle> find(String sha256) {
        return Optional.ofNullable(framework.getBundle(SCHEME + sha256));
    }

    /** Whether the runtime itself has a bundle of that symbolic name. */
    boolean isOfTheRuntime(String symbolicName) {
        return Arrays.stream(framework.getBundles())
                .anyMatch(bundle -> !isOurs(bundle) && symbolicName.equals(bundle.getSymbolicName()));
    }

    /** Installs an artifact, or finds it installed. */
    Bundle install(String sha256, InputStream content) {
        try (content) {
            Bundle bundle = framework.installBundle(SCHEME + sha256, content);
            if (patience.isStuck(bundle)) {
                throw new ProblemException(
                        ProblemCode.ACTIVATION_FAILED,
                        "The bundle " + name(bundle) + " was tried before, and a thread of it does not end; start the"
                                + " server again first.");
            }
            startLevelOf(bundle).setStartLevel(START_LEVEL);
            return bundle;
        } catch (BundleException e) {
            throw new ProblemException(
                    ProblemCode.NOT_A_BUNDLE, "The framework refuses the bundle: " + rootOf(e) + ".", e);
        } catch (IOException e) {
            throw new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The artifact cannot be read: " + e, e);
        }
    }

    /** Whether the framework has come so far that modules run. */
    boolean modulesRun() {
        FrameworkStartLevel level =
                framework.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
        return level != null && level.getStartLevel() >= START_LEVEL;
    }

    /** Starts a bundle, now and after each restart; while the framework itself starts, as soon as its turn comes. */
    void start(Bundle bundle) {
        try {
            if (modulesRun()) {
                patience.call(bundle, "start", bundle::start);
            } else {
                bundle.start(); // which only marks it, and the framework does the rest
            }
        } catch (BundleException e) {
            throw e.getType() == BundleException.RESOLVE_ERROR
                    ? new ProblemException(
                            ProblemCode.UNRESOLVED,
                            "The bundle " + name(bundle) + " does not resolve: " + e.getMessage(),
                            e)
                    : new ProblemException(
                            ProblemCode.ACTIVATION_FAILED,
                            "The bundle " + name(bundle) + " could not be started: " + rootOf(e),
                            e);
        }
    }

    /** Wires a bundle to the others without starting it. */
    void resolve(Bundle bundle) {
        if (!wiring().resolveBundles(List.of(bundle))) {
            throw new ProblemException(
                    ProblemCode.UNRESOLVED, "The bundle " + name(bundle) + " does not resolve with the others.");
        }
    }

    /** Stops a bundle, now and after each restart. */
    void stop(Bundle bundle) {
        try {
            patience.call(bundle, "stop", bundle::stop);
        } catch (BundleException e) {
            LOG.warn("Bundle {} is stopped, though its activator failed: {}", name(bundle), rootOf(e));
        } catch (ProblemException e) {
            LOG.warn("{} It is taken for stopped.", e.getMessage());
        }
    }

    /** Stops a bundle and, where no other one uses it, lets go of its class loader; it gets a new one when it starts again. */
    void rest(Bundle bundle) {
        stop(bundle);
        if (dependents(bundle).isEmpty()) {
            refresh(bundle);
        }
    }

    /** Uninstalls a bundle and lets go of its class loader; the {@linkplain #dependents dependents} are started anew. */
    void uninstall(Bundle bundle) {
        if (patience.isStuck(bundle)) {
            patience.whenFree(bundle, () -> uninstall(bundle));
            return;
        }
        try {
            patience.call(bundle, "uninstall", bundle::uninstall);
        } catch (BundleException e) {
            LOG.warn("Bundle {} is uninstalled, though not cleanly: {}", name(bundle), rootOf(e));
        } catch (ProblemException e) {
            LOG.warn("{}", e.getMessage());
            patience.whenFree(bundle, () -> LOG.info("Bundle {} is gone after all.", name(bundle)));
            return;
        }
        Collection<Bundle> pending = wiring().getRemovalPendingBundles();
        if (pending.contains(bundle)) {
            refresh(bundle);
        }
    }

    /** The other bundles that use packages of this one: they are started anew when it goes. */
    List<Bundle> dependents(Bundle bundle) {
        return wiring().getDependencyClosure(Set.of(bundle)).stream()
                .filter(other -> !other.equals(bundle))
                .toList();
    }

    static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private void refresh(Bundle bundle) {
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
            if (!refreshed.await(REFRESH_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Bundle {} is gone, but the framework has not let go of it yet.", name(bundle));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it goes on without us
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

    private static BundleStartLevel startLevelOf(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (level == null) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The bundle " + name(bundle) + " was uninstalled.");
        }
        return level;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
