package dev.pawl.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the JDBC drivers in module bundles. {@link DriverManager} looks for drivers only once in the life of the JVM, with the class
 * loader of its first caller. Therefore the drivers of each module bundle are registered before it starts, and all drivers that it
 * registered are removed when it has stopped.
 */
final class JdbcDrivers implements SynchronousBundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcDrivers.class);
    private static final String NAMES = "META-INF/services/" + Driver.class.getName();

    /** The class loaders of the running bundles. */
    private final Map<Bundle, ClassLoader> running = new ConcurrentHashMap<>();

    /** Makes the manager look for drivers now, with the server's class path, instead of later with that of the first module. */
    static void find() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            DriverManager.getDrivers();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (!ModuleWeaving.isModule(bundle)) {
            return;
        }
        try {
            if (event.getType() == BundleEvent.STARTING || event.getType() == BundleEvent.LAZY_ACTIVATION) {
                register(bundle);
            } else if (event.getType() == BundleEvent.STOPPED) {
                deregister(bundle);
            }
        } catch (RuntimeException | LinkageError | ReflectiveOperationException e) {
            LOG.warn(
                    "The JDBC drivers of {} cannot be registered with the driver manager.",
                    bundle.getSymbolicName(),
                    e);
        }
    }

    private void register(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        ClassLoader loader = wiring == null ? null : wiring.getClassLoader();
        if (loader == null) {
            return;
        }
        running.put(bundle, loader);
        for (String name : names(loader)) {
            try {
                Class<?> type = Class.forName(name, true, loader);
                if (type.getClassLoader() == loader
                        && !isRegistered(type)
                        && type.getDeclaredConstructor().newInstance() instanceof Driver driver) {
                    DriverManager.registerDriver(driver);
                }
            } catch (ReflectiveOperationException | SQLException | RuntimeException | LinkageError e) {
                LOG.warn("The JDBC driver {} of {} cannot be used: {}", name, bundle.getSymbolicName(), e.toString());
            }
        }
    }

    private static List<String> names(ClassLoader loader) {
        List<String> names = new ArrayList<>();
        try {
            for (URL file : Collections.list(loader.getResources(NAMES))) {
                try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
                    reader.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(line -> !line.isEmpty() && !names.contains(line))
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            LOG.warn("The names of JDBC drivers in {} cannot be read.", loader, e);
        }
        return names;
    }

    private void deregister(Bundle bundle) throws ReflectiveOperationException {
        ClassLoader loader = running.remove(bundle);
        for (Object entry : List.copyOf(entries())) {
            if (loader != null && driver(entry).getClass().getClassLoader() == loader) {
                entries().remove(entry);
            }
        }
    }

    private static boolean isRegistered(Class<?> type) throws ReflectiveOperationException {
        for (Object entry : entries()) {
            if (type.isInstance(driver(entry))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The drivers of a class loader. The manager shows and removes a driver only for its own class loader, so its internal list is read;
     * {@code bin/pawl} opens the package.
     */
    private static List<?> entries() throws ReflectiveOperationException {
        Field list = DriverManager.class.getDeclaredField("registeredDrivers");
        list.setAccessible(true);
        return (List<?>) Objects.requireNonNull(list.get(null));
    }

    private static Object driver(Object entry) throws ReflectiveOperationException {
        Field driver = entry.getClass().getDeclaredField("driver");
        driver.setAccessible(true);
        return Objects.requireNonNull(driver.get(entry));
    }
}
