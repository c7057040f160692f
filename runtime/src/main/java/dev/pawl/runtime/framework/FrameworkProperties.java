package dev.pawl.runtime.framework;

import dev.pawl.launch.StartLevel;
import dev.pawl.runtime.files.DataFolder;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Constants;

/** The properties of the framework and of its third-party bundles. */
public final class FrameworkProperties {

    private static final String OLD_SLF4J = Stream.of(
                    "org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
            .map(name -> "," + name + ";version=1.7.36")
            .collect(Collectors.joining());

    /** The package of the protocol between the launcher and the bundles; modules cannot see it, see {@link BundleRegions}. */
    private static final String PROTOCOL = "dev.pawl.launch;version=1.1.0";

    /** The package of health checks that bundles offer, which nothing loads before there is one. */
    private static final String HEALTH_CHECKS = "org.apache.felix.hc.api;version=2.0.0";

    private FrameworkProperties() {}

    public static Map<String, String> of(
            Settings settings, Distribution distribution, DataFolder data, BundleCache cache) {
        Map<String, String> properties = new HashMap<>(settings.asProperties());
        properties.put(Constants.FRAMEWORK_STORAGE, cache.storage().toString());
        properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(StartLevel.SERVER));
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, sharedPackages(distribution));
        // During an update the old and the new version of a module are installed side by side for a moment.
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put("felix.log.level", "2"); // warnings and errors
        properties.put("felix.cm.dir", data.configurations().toString());
        return properties;
    }

    /**
     * The packages of the launcher's class path that bundles may import, with the versions of the build. The slf4j 2 API also serves
     * clients of 1.7; its own bundle exports those packages under both versions.
     */
    private static String sharedPackages(Distribution distribution) {
        String slf4j = ";version=" + distribution.slf4jVersion();
        return "org.slf4j" + slf4j + ",org.slf4j.event" + slf4j + ",org.slf4j.helpers" + slf4j + ",org.slf4j.spi"
                + slf4j + OLD_SLF4J + ",org.osgi.service.log;version=" + distribution.osgiLogVersion() + ","
                + HEALTH_CHECKS + "," + PROTOCOL;
    }
}
