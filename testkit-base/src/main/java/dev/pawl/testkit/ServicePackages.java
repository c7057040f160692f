package dev.pawl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packages that a framework within a test's JVM exports so that bundles and the test share their classes: those of the service-bundle, as its
 * manifest on the class path lists them, of the authors' API and of the launcher.
 */
public final class ServicePackages {

    private static final String SERVICE_BUNDLE = "dev.pawl.service-bundle";

    private ServicePackages() {}

    /** The packages with their versions, for {@code org.osgi.framework.system.packages.extra}. */
    public static String exported() {
        String services;
        try {
            services =
                    Collections.list(ServicePackages.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))
                            .stream()
                            .map(ServicePackages::read)
                            .filter(manifest -> SERVICE_BUNDLE.equals(manifest.getValue("Bundle-SymbolicName")))
                            .map(manifest -> manifest.getValue("Export-Package"))
                            .findFirst()
                            .orElseThrow(
                                    () -> new IllegalStateException("No " + SERVICE_BUNDLE + " is on the class path."));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        String withoutUses = services.replaceAll(";uses:=\"[^\"]*\"", "");
        return Stream.of(withoutUses, "dev.pawl.api.module;version=\"1.0.0\"", "dev.pawl.launch;version=\"1.1.0\"")
                .collect(Collectors.joining(","));
    }

    private static Attributes read(URL manifest) {
        try (InputStream in = manifest.openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new IllegalStateException(manifest + " cannot be read.", e);
        }
    }
}
