package dev.pawl.scheduler.catalog;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.felix.cm.PersistenceManager;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A real framework with the real Config Admin, whose files are in the folder {@code config}. */
final class ConfigAdminFramework {

    private ConfigAdminFramework() {}

    /** Starts one. */
    static Framework start(Path folder) throws BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        folder.resolve("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.osgi.service.cm;version=1.6.1",
                        "felix.log.level",
                        "0",
                        "felix.cm.dir",
                        folder.resolve("config").toString()));
        framework.start();
        framework
                .getBundleContext()
                .installBundle(PersistenceManager.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString())
                .start();
        return framework;
    }
}
