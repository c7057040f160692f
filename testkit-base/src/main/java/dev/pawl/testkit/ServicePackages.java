package dev.pawl.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The packages that a framework within a test's JVM exports so that bundles and the test share their classes: those of the service-bundle
 * and of the authors' API, as their manifests on the class path list them, and of the launcher.
 */
public final class ServicePackages {

    private static final String SERVICES = "dev.pawl.service-bundle";
    private static final String API = "dev.pawl.api-bundle";
    private static final String LAUNCH = "dev.pawl.launch";

    private ServicePackages() {}

    /** The packages with their versions, for {@code org.osgi.framework.system.packages.extra}. */
    public static String exported() {
        return String.join(",", exportedBy(SERVICES), exportedBy(API), exportedBy(LAUNCH));
    }

    /** The packages of a bundle on the class path. */
    private static String exportedBy(String bundle) {
        try {
            return Collections.list(ServicePackages.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))
                    .stream()
                    .map(ServicePackages::read)
                    .filter(manifest -> bundle.equals(manifest.getValue("Bundle-SymbolicName")))
                    .map(manifest -> manifest.getValue("Export-Package"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No " + bundle + " is on the class path."))
                    .replaceAll(";uses:=\"[^\"]*\"", "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Attributes read(URL manifest) {
        try (InputStream in = manifest.openStream()) {
            return new Manifest(in).getMainAttributes();
        } catch (IOException e) {
            throw new IllegalStateException(manifest + " cannot be read.", e);
        }
    }
}
