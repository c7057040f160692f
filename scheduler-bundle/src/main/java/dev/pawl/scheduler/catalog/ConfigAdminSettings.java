package dev.pawl.scheduler.catalog;

import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.JsonCheck;
import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * The settings of modules in Configuration Admin, under PIDs {@code dev.pawl.module.<id>}. A copy is kept here and renewed with each
 * event of Config Admin. Without Config Admin every module has its defaults.
 */
public final class ConfigAdminSettings implements ModuleSettings, SynchronousConfigurationListener, AutoCloseable {

    /** Prefix that makes a PID of a module's id. */
    public static final String PREFIX = "dev.pawl.module.";

    private static final String ANY_LOCATION = "?";

    /** Prefix of the JSON text of a value for which Config Admin has no type. */
    private static final String JSON = "json:";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigAdminSettings.class);

    private final Map<String, Map<String, Object>> configured = new ConcurrentHashMap<>();
    private final ReentrantLock renewing = new ReentrantLock();
    private final Map<String, Set<String>> unsealed = new ConcurrentHashMap<>();
    private final Vault vault;
    private final Runnable changed;
    private final Admins admins;

    /**
     * Reads the configurations.
     *
     * @param vault seals the secret ones
     * @param changed called after each change of any module's settings
     */
    public ConfigAdminSettings(BundleContext context, Vault vault, Runnable changed) {
        this.vault = vault;
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
    public void replace(String module, Map<String, Object> settings, List<String> secretNames) {
        ConfigurationAdmin admin = admins.getService();
        if (admin == null) {
            throw new ProblemException(
                    ProblemCode.PART_MISSING, "Configuration Admin is not there, so no setting can be kept.");
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        vault.sealed(place(module), settings, secretNames)
                .forEach((name, value) -> properties.put(name, storable(value)));
        try {
            admin.getConfiguration(PREFIX + module, ANY_LOCATION).update(FrameworkUtil.asDictionary(properties));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The settings of module " + module + " cannot be written: " + e.getMessage(),
                    e);
        }
        renew(admin, module); // also while no listener is registered
    }

    /** Seals the secrets of a module that are kept unsealed, since an older version or another tool wrote them. */
    public void protect(String module, List<String> secretNames) {
        if (unsealed.getOrDefault(module, Set.of()).stream().anyMatch(secretNames::contains)) {
            try {
                replace(module, configured(module), secretNames);
            } catch (ProblemException e) {
                LOG.warn("The secret settings of module {} stay as they were given: {}", module, e.getMessage());
            }
        }
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

    /** Renews the copy of the settings of one module; reading and taking over are one step, so that the latest change stays. */
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

    /** Reads configurations; tells whether there are any, or that they cannot be read. */
    private boolean read(ConfigurationAdmin admin, String filter) {
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                take(configuration.getPid().substring(PREFIX.length()), values(configuration));
            }
            return found != null;
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("The settings {} cannot be read; what was read before counts.", filter, e);
            return true;
        }
    }

    private void take(String module, Map<String, Object> kept) {
        Map<String, Object> opened = new LinkedHashMap<>();
        Set<String> notSealed = new HashSet<>();
        kept.forEach((name, value) -> {
            try {
                opened.putAll(vault.opened(place(module), Map.of(name, value)));
                if (!Vault.isSealed(value)) {
                    notSealed.add(name);
                }
            } catch (UnreadableSecretException e) { // as if it were not set: the module asks for it, or has a default
                LOG.error("Module {}: {}", module, e.getMessage());
            }
        });
        unsealed.put(module, notSealed);
        configured.put(module, Collections.unmodifiableMap(opened));
    }

    private static String place(String module) {
        return "settings of " + module;
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
        if (value instanceof String text && text.startsWith(JSON)) {
            return kept(text);
        }
        return value instanceof Object[] array ? List.copyOf(Arrays.asList(array)) : value;
    }

    private static Object kept(String text) {
        try {
            Object value = Json.typed(JsonCheck.check("The text", text.substring(JSON.length())));
            return value == null ? text : value;
        } catch (IllegalArgumentException e) { // not written here: a text like any other
            return text;
        }
    }

    /** The value as Config Admin takes it: texts and small numbers as they are, anything else as JSON text with a prefix. */
    private static Object storable(Object value) {
        boolean itself = value instanceof String text
                ? !text.startsWith(JSON)
                : value instanceof Boolean || value instanceof Integer || value instanceof Long;
        return itself ? value : JSON + Json.text(value);
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
