package dev.pawl.http;

import dev.pawl.testkit.ServicePackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework with the http-bundle and what it needs, but without the services that it calls. */
final class ApiFramework {

    private ApiFramework() {}

    /**
     * Starts one.
     *
     * @param data the data folder
     * @param settings the settings beside those that each test has
     */
    static Framework start(Path data, Map<String, String> settings) throws BundleException, IOException {
        Map<String, String> configuration = new HashMap<>(Map.of(
                Constants.FRAMEWORK_STORAGE,
                data.resolve("cache").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN,
                Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                systemPackages(),
                "pawl.api.port",
                "0",
                "pawl.version",
                "9.9.9",
                "pawl.data.dir",
                data.toString(),
                "pawl.settings",
                "pawl.data.dir,pawl.api.host,pawl.secret.key",
                "pawl.secret.key",
                "hidden",
                "pawl.settings.secret",
                "pawl.secret.key"));
        configuration.putAll(settings);
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(configuration);
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars()) {
            bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return framework;
    }

    private static List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> folder = Files.list(Path.of(System.getProperty("pawl.test.bundles")))) {
            folder.sorted().forEach(jars::add);
        }
        jars.add(Path.of(System.getProperty("pawl.test.bundle")));
        return jars;
    }

    private static String systemPackages() {
        return ServicePackages.exported()
                + ",org.slf4j;version=2.0.17,org.slf4j.spi;version=2.0.17,org.slf4j.event;version=2.0.17,"
                + "org.slf4j.helpers;version=2.0.17,org.apache.felix.hc.api;version=2.0.0";
    }
}
