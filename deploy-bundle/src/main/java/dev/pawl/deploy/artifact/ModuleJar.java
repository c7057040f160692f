package dev.pawl.deploy.artifact;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.felix.utils.resource.ResourceBuilder;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.IdentityNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Resource;

/**
 * A module bundle as described by its manifest.
 *
 * @param bundle the symbolic name
 * @param version the bundle's version
 * @param modules the modules in it, at least one
 * @param resource its requirements and capabilities
 * @param classPath the names on its Bundle-ClassPath, in the form of entry names
 */
public record ModuleJar(
        String bundle, String version, List<ModuleIdentity> modules, Resource resource, Set<String> classPath) {

    private static final Pattern MODULE_ID = Pattern.compile("[a-z][a-z0-9._-]{0,63}");
    /** The grammar of {@code symbolic-name} in the OSGi core specification, 1.3.2. */
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private static final String API_PACKAGE = "dev.pawl.api.module";
    private static final List<String> OUR_PACKAGES = List.of("dev.pawl.api.", "dev.pawl.service.");

    /** The size limit of a manifest. Signed jars name each entry in it; the headers alone take some 100 KiB. */
    private static final long LARGEST_MANIFEST_BYTES = 32L << 20;

    /** The most requirements and capabilities; large bundles have some 2,000, and each is looked up in turn. */
    private static final int MOST_CLAUSES = 20_000;

    public ModuleJar {
        classPath = Set.copyOf(classPath);
        modules = List.copyOf(modules);
    }

    /** Reads the manifest; throws a {@link ProblemException} when the jar is not a module bundle. */
    public static ModuleJar read(Path jar) {
        Map<String, String> headers = headers(jar);
        if (!headers.containsKey(Constants.BUNDLE_SYMBOLICNAME)) {
            throw noBundle("its manifest has no Bundle-SymbolicName");
        }
        if (headers.containsKey(Constants.FRAGMENT_HOST)) {
            throw noBundle("it is a fragment, which cannot be started");
        }
        Resource resource;
        try {
            Version.parseVersion(headers.get(Constants.BUNDLE_VERSION));
            resource = ResourceBuilder.build(jar.toUri().toString(), headers);
        } catch (BundleException | RuntimeException e) {
            Throwable cause = e instanceof BundleException && e.getCause() != null ? e.getCause() : e;
            throw new ProblemException(
                    ProblemCode.NOT_A_BUNDLE,
                    "The jar is not a bundle: its manifest cannot be read: " + cause.getMessage(),
                    e);
        }
        checkClauses(resource);
        Capability identity =
                resource.getCapabilities(IdentityNamespace.IDENTITY_NAMESPACE).get(0);
        checkName(String.valueOf(identity.getAttributes().get(IdentityNamespace.IDENTITY_NAMESPACE)));
        ModuleJar read = new ModuleJar(
                String.valueOf(identity.getAttributes().get(IdentityNamespace.IDENTITY_NAMESPACE)),
                String.valueOf(identity.getAttributes().get(IdentityNamespace.CAPABILITY_VERSION_ATTRIBUTE)),
                modules(resource),
                resource,
                classPath(headers));
        read.checkApiUse(headers);
        return read;
    }

    private static void checkClauses(Resource resource) {
        int clauses = resource.getRequirements(null).size()
                + resource.getCapabilities(null).size();
        if (clauses > MOST_CLAUSES) {
            throw noBundle("its manifest requires and provides " + clauses + " packages and capabilities, more than "
                    + MOST_CLAUSES);
        }
    }

    /** Whether all its modules are enabled at once when they come with the distribution. */
    public boolean isEnabledAtFirst() {
        return resource.getCapabilities(AutomationModule.NAMESPACE).stream().noneMatch(module -> "false"
                .equals(String.valueOf(module.getAttributes().get("enabled"))));
    }

    private static void checkName(String name) {
        if (!SYMBOLIC_NAME.matcher(name).matches()) {
            throw noBundle("its Bundle-SymbolicName is \"" + name
                    + "\"; a name has letters, digits, _ and -, and dots between them");
        }
    }

    private static Map<String, String> headers(Path jar) {
        Map<String, String> headers =
                new TreeMap<>(String.CASE_INSENSITIVE_ORDER); // case-insensitive, as in the framework
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(JarFile.MANIFEST_NAME);
            if (entry == null) {
                throw noBundle("it has no " + JarFile.MANIFEST_NAME);
            }
            if (entry.getSize() > LARGEST_MANIFEST_BYTES) {
                throw noBundle("its manifest has more than " + (LARGEST_MANIFEST_BYTES >> 20) + " MiB");
            }
            Attributes attributes;
            try (InputStream in = new ByteArrayInputStream(read(zip, entry))) {
                attributes = new Manifest(in).getMainAttributes();
            }
            attributes.forEach((name, value) -> headers.put(name.toString(), value.toString()));
            checkClassPath(zip, classPath(headers));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.NOT_A_BUNDLE, "The jar has no readable manifest: " + e.getMessage() + ".", e);
        }
        return headers;
    }

    private static byte[] read(ZipFile zip, ZipEntry manifest) throws IOException {
        try (InputStream in = zip.getInputStream(manifest)) {
            return in.readNBytes(Math.toIntExact(LARGEST_MANIFEST_BYTES));
        }
    }

    /** The class path without the jar itself. */
    private static Set<String> classPath(Map<String, String> headers) {
        Set<String> places = new LinkedHashSet<>();
        for (String part : headers.getOrDefault(Constants.BUNDLE_CLASSPATH, ".").split(",", -1)) {
            String place = part.split(";", 2)[0].strip();
            places.add(place.startsWith("/") ? place.substring(1) : place);
        }
        places.removeAll(Set.of("", "."));
        return places;
    }

    /** Checks that all entries exist; a missing one would be noticed only when one of its classes is used. */
    private static void checkClassPath(ZipFile zip, Set<String> classPath) {
        Set<String> missing = new LinkedHashSet<>(classPath);
        missing.removeIf(place -> zip.getEntry(place) != null);
        if (missing.isEmpty()) {
            return;
        }
        NavigableSet<String> names = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        for (String place : missing) {
            String first = names.ceiling(place + "/"); // for a folder without an entry of its own
            if (first == null || !first.startsWith(place + "/")) {
                throw noBundle("its Bundle-ClassPath names " + place + ", which it does not contain");
            }
        }
    }

    private static List<ModuleIdentity> modules(Resource resource) {
        List<ModuleIdentity> modules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Capability capability : resource.getCapabilities(AutomationModule.NAMESPACE)) {
            String id = String.valueOf(capability.getAttributes().getOrDefault("id", ""));
            if (!MODULE_ID.matcher(id).matches()) {
                throw noModule(
                        "its module id is \"" + id + "\"; an id has 1 to 64 characters, first a lower-case letter, then"
                                + " lower-case letters, digits and . _ -");
            }
            if (!ids.add(id)) {
                throw noModule("it declares the module " + id + " twice");
            }
            modules.add(new ModuleIdentity(
                    id, String.valueOf(capability.getAttributes().getOrDefault("name", id))));
        }
        if (modules.isEmpty()) {
            throw noModule("its manifest has no Provide-Capability in the namespace " + AutomationModule.NAMESPACE
                    + "; `@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)` and `@AutomationModule(…)` above a"
                    + " class that implements Module make one, and a library is embedded in the bundles that use it");
        }
        return modules;
    }

    /**
     * Checks that the bundle does not contain an API of its own: it would register services that the runtime does not see, or export its
     * copy to other bundles.
     */
    private void checkApiUse(Map<String, String> headers) {
        for (Capability exported : resource.getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
            String name = String.valueOf(exported.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
            if (OUR_PACKAGES.stream().anyMatch(name::startsWith)) {
                throw noModule("it exports the package " + name + ", which only the runtime may export");
            }
        }
        boolean imports = resource.getRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .anyMatch(requirement -> requirement
                        .getDirectives()
                        .getOrDefault(PackageNamespace.REQUIREMENT_FILTER_DIRECTIVE, "")
                        .contains("(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + API_PACKAGE + ")"));
        if (!imports && !headers.containsKey(Constants.DYNAMICIMPORT_PACKAGE)) {
            throw noModule("it does not import the package " + API_PACKAGE + ", so the runtime would not see its "
                    + "modules");
        }
    }

    private static ProblemException noBundle(String why) {
        return new ProblemException(ProblemCode.NOT_A_BUNDLE, "The jar is not a bundle: " + why + ".");
    }

    private static ProblemException noModule(String why) {
        return new ProblemException(ProblemCode.NO_MODULE_INSIDE, "The bundle has no usable module: " + why + ".");
    }
}
