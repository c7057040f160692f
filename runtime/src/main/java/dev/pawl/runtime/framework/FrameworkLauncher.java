package dev.pawl.runtime.framework;

import dev.pawl.launch.StartLevel;
import dev.pawl.runtime.logging.LogSetup;
import dev.pawl.runtime.logging.OsgiLog;
import dev.pawl.runtime.start.HungStartException;
import dev.pawl.runtime.start.StartException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;
import org.slf4j.Logger;

/** Starts the framework: fills or reuses the bundle cache, then raises the start level until the server is up. */
public final class FrameworkLauncher {

    private final Logger log = org.slf4j.LoggerFactory.getLogger(FrameworkLauncher.class);
    private final Map<String, String> properties;
    private final BundleList bundles;
    private final StartLevels levels;
    private final BundleCache cache;

    public FrameworkLauncher(
            Map<String, String> properties, BundleList bundles, StartLevels levels, BundleCache cache) {
        this.properties = Map.copyOf(properties);
        this.bundles = bundles;
        this.levels = levels;
        this.cache = cache;
    }

    /**
     * Returns once every start level up to the server's has been reached; bundles that did not
     * start are left as they are, for {@link StartProblems} to explain.
     *
     * @param clock registered as a service before any bundle starts
     * @param logging awaited before any bundle starts
     */
    public Framework launch(InstantSource clock, LogSetup logging) throws StartException, InterruptedException {
        if (cache.isCurrent()) {
            try {
                return launch(clock, logging, false);
            } catch (HungStartException hung) {
                throw hung;
            } catch (StartException | RuntimeException damaged) {
                log.warn("The bundle cache cannot be reused; it is built again.", damaged);
            }
        }
        return launch(clock, logging, true);
    }

    private Framework launch(InstantSource clock, LogSetup logging, boolean fromScratch)
            throws StartException, InterruptedException {
        if (fromScratch) {
            cache.clear();
        }
        Map<String, Object> configuration = new HashMap<>(properties);
        configuration.put("felix.log.logger", new FrameworkLog());
        Felix framework = new Felix(configuration);
        try {
            framework.init();
            UninstalledBundles.forget(framework);
            BundleContext context = framework.getBundleContext();
            context.registerService(
                    ResolverHookFactory.class,
                    new BundleRegions(locations()),
                    FrameworkUtil.asDictionary(
                            Map.of(Constants.SERVICE_RANKING, Integer.MAX_VALUE))); // preferred over others
            if (fromScratch) {
                install(framework, context);
                cache.markCurrent();
            } else if (!isComplete(context)) {
                throw new StartException("The bundle cache lacks bundles.");
            }
            context.registerService(InstantSource.class, clock, null);
            context.registerService(
                    new String[] {LogService.class.getName(), LoggerFactory.class.getName()}, new OsgiLog(), null);
            resolve(framework, context);
            logging.await();
            new FrameworkStart(framework).await();
            return framework;
        } catch (HungStartException hung) {
            throw hung; // a hung framework would not stop either
        } catch (BundleException | RuntimeException | StartException | InterruptedException failed) {
            stop(framework);
            if (failed instanceof StartException already) {
                throw already;
            }
            if (failed instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new StartException("The framework does not start: " + failed.getMessage() + ".", failed);
        }
    }

    private void install(Framework framework, BundleContext context) throws BundleException {
        framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(StartLevel.FIRST);
        for (Path file : bundles.files()) {
            // A reference URL avoids a copy: the distribution's own jar is read in place.
            Bundle bundle = context.installBundle(location(file));
            bundle.adapt(BundleStartLevel.class).setStartLevel(levels.of(bundle.getSymbolicName()));
            if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }

    /** Resolves all bundles at once: one after the other, each at its start, takes 4 % of the start longer. */
    private void resolve(Framework framework, BundleContext context) {
        List<Bundle> own = locations().stream().map(context::getBundle).toList();
        framework
                .adapt(FrameworkWiring.class)
                .resolveBundles(own); // one that does not resolve says so when it is started
    }

    /** The framework drops a bundle whose part of the cache is damaged, and starts without it. */
    private boolean isComplete(BundleContext context) {
        return locations().stream().allMatch(location -> context.getBundle(location) != null);
    }

    private List<String> locations() {
        return bundles.files().stream().map(FrameworkLauncher::location).toList();
    }

    private static String location(Path file) {
        return "reference:" + file.toUri();
    }

    private void stop(Framework framework) {
        try {
            framework.stop();
            framework.waitForStop(10_000);
        } catch (BundleException stuck) {
            log.warn("The framework that did not start does not stop either.", stuck);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
