package dev.pawl.verifier;

import aQute.bnd.header.Attrs;
import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Clazz;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Descriptors.PackageRef;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Checks which packages a module uses, has, and takes from the server. */
final class VisiblePackages {

    private static final String OPTIONAL = "optional";
    private static final String API = "dev.pawl.api.module";

    /** The packages that a server shows to modules beside the JDK; docs/writing-a-module.md lists the same. */
    private static final List<String> OF_SERVER = List.of(
            "dev.pawl.api.",
            "org.slf4j",
            "org.osgi.framework",
            "org.osgi.service.component",
            "org.osgi.service.cm",
            "org.osgi.util.promise",
            "org.osgi.util.function",
            "org.osgi.resource",
            "org.osgi.dto",
            "org.osgi.annotation",
            "org.apache.felix.hc.api");

    private static final Set<String> OF_JDK = ModuleFinder.ofSystem().findAll().stream()
            .flatMap(module -> module.descriptor().exports().stream())
            .filter(exported -> !exported.isQualified())
            .map(exported -> exported.source())
            .collect(Collectors.toUnmodifiableSet());

    private VisiblePackages() {}

    static void verify(Analyzer analyzer) throws Exception {
        Set<String> own = own(analyzer);
        embedded(analyzer);
        api(analyzer);
        for (String used : used(analyzer, own)) {
            Optional<Jar> library = libraryOf(analyzer, used);
            if (library.isEmpty() || !isAnnotations(analyzer, library.get(), used)) {
                missing(analyzer, used, library);
            }
        }
    }

    private static Set<String> own(Analyzer analyzer) {
        Set<String> own = new TreeSet<>();
        for (String path : analyzer.getJar().getResources().keySet()) {
            if (path.endsWith(".class") && path.contains("/")) {
                own.add(path.substring(0, path.lastIndexOf('/')).replace('/', '.'));
            }
        }
        return own;
    }

    /** The packages that the module's own classes use and that are neither in the jar nor for sure on a server. */
    private static Set<String> used(Analyzer analyzer, Set<String> own) {
        Set<String> used = new TreeSet<>();
        for (Map.Entry<PackageRef, List<PackageRef>> uses : analyzer.getUses().entrySet()) {
            if (own.contains(uses.getKey().getFQN())) {
                uses.getValue().stream()
                        .filter(name -> !analyzer.getContained().containsKey(name))
                        .filter(name -> isOptional(analyzer.getImports().get(name)))
                        .map(PackageRef::getFQN)
                        .forEach(used::add);
            }
        }
        used.removeIf(name -> name.startsWith("java.")
                || OF_JDK.contains(name)
                || OF_SERVER.stream().anyMatch(name::startsWith));
        return used;
    }

    /** An import that the author made mandatory is one from another module, which a server checks. */
    private static boolean isOptional(@Nullable Attrs attributes) {
        return attributes != null && OPTIONAL.equals(attributes.get(Constants.RESOLUTION_DIRECTIVE));
    }

    private static Optional<Jar> libraryOf(Analyzer analyzer, String name) {
        return analyzer.getClasspath().stream()
                .filter(jar -> jar.hasDirectory(name.replace('.', '/')))
                .findFirst();
    }

    /** Whether the package of a library holds annotations alone, which nothing needs at run time. */
    private static boolean isAnnotations(Analyzer analyzer, Jar library, String name) throws Exception {
        for (String path : library.getDirectory(name.replace('.', '/')).keySet()) {
            if (path.endsWith(".class") && !path.endsWith("-info.class")) {
                Clazz type = analyzer.findClass(analyzer.getTypeRefFromPath(path));
                if (type != null && !type.isAnnotation() && !type.isEnum()) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void missing(Analyzer analyzer, String name, Optional<Jar> library) {
        if (library.isPresent()) {
            analyzer.error(
                    "The module uses the package %s of %s, which no server has and which is not in the module's jar. Remove"
                            + " `<scope>provided</scope>` from that <dependency>: what is left without a scope is packed.",
                    name, library.get().getName());
        } else {
            analyzer.error(
                    "The module uses the package %s, which is in no dependency. Add the <dependency> that contains it; or, if"
                            + " another module exports it, the line `Import-Package: %s, dev.pawl.*, *;resolution:=optional` to bnd.bnd.",
                    name, name);
        }
    }

    private static void embedded(Analyzer analyzer) throws Exception {
        for (Map.Entry<String, Resource> entry :
                analyzer.getJar().getResources().entrySet()) {
            if (entry.getKey().endsWith(".jar")) {
                embedded(analyzer, Jar.fromResource(entry.getKey(), entry.getValue()), entry.getKey());
            }
        }
        embedded(analyzer, analyzer.getJar(), "The jar itself");
    }

    private static void embedded(Analyzer analyzer, Jar jar, String place) {
        if (jar.hasDirectory(API.replace('.', '/'))) {
            analyzer.error(
                    "%s contains the package %s: the module would implement a Module of its own, which is not the server's. Depend"
                            + " on api-bundle with the scope provided, and leave it out of what is packed.",
                    place, API);
        }
        if (jar.getResource("org/slf4j/LoggerFactory.class") != null) {
            analyzer.warning(
                    "%s contains slf4j-api: what is logged by it is not in the job's log, since the server has its own. Exclude"
                            + " org.slf4j:slf4j-api from the dependency that brings it.",
                    place);
        }
    }

    private static void api(Analyzer analyzer) throws Exception {
        Attrs attributes = analyzer.getImports().getByFQN(API);
        if (attributes == null || attributes.getVersion() == null) {
            return;
        }
        String range = attributes.getVersion();
        Attrs exported = analyzer.getClasspathExports().getByFQN(API);
        String version = exported == null ? null : exported.getVersion();
        if (version != null && !new VersionRange(range).includes(new Version(version))) {
            analyzer.error(
                    "The module imports %s %s, and this Pawl has %s. Remove the version from Import-Package in bnd.bnd: the build"
                            + " finds out the right one.",
                    API, range, version);
        }
    }
}
