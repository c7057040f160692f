package dev.pawl.scheduler.catalog;

import dev.pawl.scheduler.secret.UnreadableSecretException;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DocumentStore;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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

    private static final String ALL = "(service.pid=" + PREFIX + "*)";
    private static final String ANY_LOCATION = "?";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigAdminSettings.class);

    private final Map<String, Map<String, Object>> configured = new ConcurrentHashMap<>();
    private final ReentrantLock renewing = new ReentrantLock();
    private final Map<String, Set<String>> unsealed = new ConcurrentHashMap<>();
    private final Vault vault;
    private final Runnable changed;
    private final Admins admins;
    private final @Nullable SharedSettings shared;

    /**
     * Reads the configurations.
     *
     * @param vault seals the secret ones
     * @param changed called after each change of any module's settings
     */
    public ConfigAdminSettings(BundleContext context, Vault vault, Runnable changed) {
        this.vault = vault;
        this.changed = changed;
        this.shared = null;
        admins = new Admins(context);
        admins.open();
    }

    /**
     * Reads the configurations, and brings them in line with those of the other servers on a store.
     *
     * @param vault seals the secret ones
     * @param changed called after each change of any module's settings
     * @param background for work that no thread waits for
     */
    public ConfigAdminSettings(
            BundleContext context,
            Vault vault,
            Runnable changed,
            DocumentStore documents,
            Executor background,
            Timers timers) {
        this.vault = vault;
        this.changed = changed;
        SharedSettings ofStore = new SharedSettings(documents, new Own(), background, timers);
        this.shared = ofStore;
        admins = new Admins(context);
        admins.open();
        ofStore.begin();
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
        admins.close();
    }

    @Override
    public Map<String, Object> configured(String module) {
        return configured.getOrDefault(module, Map.of());
    }

    @Override
    public void replace(String module, Map<String, Object> settings, List<String> secretNames) {
        change(module, () -> settings, secretNames);
    }

    @Override
    public void change(String module, Supplier<Map<String, Object>> change, List<String> secretNames) {
        Supplier<Map<String, Object>> properties = () -> properties(module, change.get(), secretNames);
        if (shared == null) {
            keep(module, properties.get());
        } else {
            shared.change(module, properties);
        }
    }

    @Override
    public @Nullable String record(String module) {
        return shared == null ? null : shared.record(module);
    }

    private Map<String, Object> properties(String module, Map<String, Object> settings, List<String> secretNames) {
        Map<String, Object> properties = new LinkedHashMap<>();
        vault.sealed(place(module), settings, secretNames)
                .forEach((name, value) -> properties.put(name, SettingProperties.storable(value)));
        return properties;
    }

    private ConfigurationAdmin admin() {
        ConfigurationAdmin admin = admins.getService();
        if (admin == null) {
            throw new ProblemException(
                    ProblemCode.PART_MISSING, "Configuration Admin is not there, so no setting can be kept.");
        }
        return admin;
    }

    private void keep(String module, Map<String, Object> properties) {
        ConfigurationAdmin admin = admin();
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

    /**
     * Seals the secrets of a module that are kept unsealed, since an older version or another tool wrote them; gives its settings to all servers that
     * share the store, if these have none.
     */
    public void protect(String module, List<String> secretNames) {
        boolean isOwn = shared != null
                && shared.record(module).isEmpty()
                && !configured(module).isEmpty();
        if (isOwn || unsealed.getOrDefault(module, Set.of()).stream().anyMatch(secretNames::contains)) {
            try {
                change(module, () -> configured(module), secretNames);
            } catch (ProblemException e) {
                LOG.warn("The settings of module {} stay as they were given: {}", module, e.getMessage());
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
            String module = pid.substring(PREFIX.length());
            renew(admin, module);
            if (shared != null) {
                shared.copyChanged(module);
            }
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
                take(configuration.getPid().substring(PREFIX.length()), SettingProperties.values(configuration));
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

    /** The properties of modules' configurations, as Config Admin has them. */
    private static Map<String, Map<String, Object>> properties(ConfigurationAdmin admin) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        try {
            Configuration @Nullable [] found = admin.listConfigurations(ALL);
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                all.put(configuration.getPid().substring(PREFIX.length()), SettingProperties.of(configuration));
            }
        } catch (IOException | InvalidSyntaxException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The settings of modules cannot be read: " + e.getMessage(), e);
        }
        return all;
    }

    private final class Own implements SharedSettings.OwnCopy {

        @Override
        public Map<String, Map<String, Object>> all() {
            return properties(admin());
        }

        @Override
        public void keep(String module, Map<String, Object> properties) {
            ConfigAdminSettings.this.keep(module, properties);
        }

        @Override
        public void requireReady() {
            admin();
        }
    }

    private final class Admins extends ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> {

        Admins(BundleContext context) {
            super(context, ConfigurationAdmin.class, null);
        }

        @Override
        public ConfigurationAdmin addingService(ServiceReference<ConfigurationAdmin> reference) {
            ConfigurationAdmin admin = super.addingService(reference);
            read(admin, ALL);
            return admin;
        }
    }
}
