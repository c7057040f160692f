package dev.pawl.scheduler.catalog;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.scheduler.schema.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of modules in Configuration Admin, under PIDs {@code dev.pawl.module.<id>}. A copy is kept and renewed when Config
 * Admin says so, whoever made the change. Without Config Admin every module has its defaults.
 */
public final class ConfigAdminSettings implements SettingsSource, SynchronousConfigurationListener, AutoCloseable {

    /** Before a module's id makes its PID. */
    public static final String PREFIX = "dev.pawl.module.";

    private static final String ANY_LOCATION = "?";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigAdminSettings.class);

    private final Map<String, Map<String, Object>> configured = new ConcurrentHashMap<>();
    private final ReentrantLock renewing = new ReentrantLock();
    private final Runnable changed;
    private final Admins admins;

    /**
     * Reads what is configured.
     *
     * @param changed called after each change of any module's settings
     */
    public ConfigAdminSettings(BundleContext context, Runnable changed) {
        this.changed = changed;
        admins = new Admins(context);
        admins.open();
    }

    @Override
    public void close() {
        admins.close();
    }

    @Override
    public Map<String, Object> configured(String module) {
        return configured.getOrDefault(module, Map.of());
    }

    @Override
    public void replace(String module, Map<String, Object> settings) {
        ConfigurationAdmin admin = admins.getService();
        if (admin == null) {
            throw new ProblemException(
                    ProblemCode.PART_MISSING, "Configuration Admin is not there, so no setting can be kept.");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        settings.forEach((name, value) -> properties.put(name, storable(value)));
        try {
            admin.getConfiguration(PREFIX + module, ANY_LOCATION).update(FrameworkUtil.asDictionary(properties));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The settings of module " + module + " cannot be written: " + e.getMessage(),
                    e);
        }
        renew(admin, module); // also while nobody tells of changes
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        if (pid == null || !pid.startsWith(PREFIX)) {
            return;
        }
        ConfigurationAdmin admin = admins.getService();
        if (admin != null) {
            renew(admin, pid.substring(PREFIX.length()));
        }
        changed.run();
    }

    /** Takes over what Config Admin has of one module; reading and taking over are one step, so that the latest change stays. */
    private void renew(ConfigurationAdmin admin, String module) {
        renewing.lock();
        try {
            if (!read(admin, "(service.pid=" + PREFIX + module + ")")) {
                configured.remove(module);
            }
        } finally {
            renewing.unlock();
        }
    }

    /** Whether there is any, or could not be read. */
    private boolean read(ConfigurationAdmin admin, String filter) {
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                configured.put(configuration.getPid().substring(PREFIX.length()), values(configuration));
            }
            return found != null;
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("The settings {} cannot be read; what was read before counts.", filter, e);
            return true;
        }
    }

    private static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new LinkedHashMap<>();
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
            for (String name : Collections.list(properties.keys())) {
                if (!name.startsWith("service.") && !name.startsWith("felix.") && !name.startsWith(":")) {
                    values.put(name, plain(properties.get(name)));
                }
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private static Object plain(Object value) {
        return value instanceof Object[] array ? List.copyOf(Arrays.asList(array)) : value;
    }

    /** Config Admin takes texts and numbers; a list or object is kept as JSON text, which the schema turns back. */
    private static Object storable(Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?> ? Json.text(value) : value;
    }

    private final class Admins extends ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> {

        Admins(BundleContext context) {
            super(context, ConfigurationAdmin.class, null);
        }

        @Override
        public ConfigurationAdmin addingService(ServiceReference<ConfigurationAdmin> reference) {
            ConfigurationAdmin admin = super.addingService(reference);
            read(admin, "(service.pid=" + PREFIX + "*)");
            return admin;
        }
    }
}
