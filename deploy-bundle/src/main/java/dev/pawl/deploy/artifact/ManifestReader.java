package dev.pawl.deploy.artifact;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.launch.JarReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/** Reads a jar by the checks that an installation begins with. */
public final class ManifestReader implements JarReader {

    private static final List<String> SHOWN = List.of(
            "id",
            "name",
            "description",
            "capabilities",
            "role",
            "concurrency",
            "checkpoints",
            "enabled",
            "isolation",
            "memory");

    @Override
    public Map<String, Object> read(Path jar) {
        JarOutline.check(jar);
        ModuleJar module = ModuleJar.read(jar);
        Map<String, Object> contents = new LinkedHashMap<>();
        contents.put("bundle", module.bundle());
        contents.put("version", module.version());
        List<Map<String, Object>> modules = new ArrayList<>();
        for (Capability declared : module.resource().getCapabilities(AutomationModule.NAMESPACE)) {
            modules.add(module(declared.getAttributes()));
        }
        contents.put("modules", modules);
        contents.put("imports", imports(module));
        contents.put("exports", packages(module.resource().getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)));
        contents.put("libraries", module.classPath().stream().sorted().toList());
        return contents;
    }

    private static Map<String, Object> module(Map<String, Object> attributes) {
        Map<String, Object> module = new LinkedHashMap<>();
        for (String name : SHOWN) {
            Object value = attributes.get(name);
            if (value != null) {
                module.put(name, value instanceof List<?> || value instanceof Number ? value : value.toString());
            }
        }
        module.put(INPUTS, String.valueOf(attributes.getOrDefault("inputs", "")));
        module.put(SETTINGS, String.valueOf(attributes.getOrDefault("settings", "")));
        return module;
    }

    /** The packages without which it cannot be installed. */
    private static List<String> imports(ModuleJar module) {
        return module.resource().getRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream()
                .filter(requirement -> !Namespace.RESOLUTION_OPTIONAL.equals(
                        requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE)))
                .map(ManifestReader::filter)
                .sorted()
                .toList();
    }

    private static String filter(Requirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        return filter.replaceFirst(".*\\(" + PackageNamespace.PACKAGE_NAMESPACE + "=([^)]*)\\).*", "$1");
    }

    private static List<String> packages(List<Capability> exports) {
        return exports.stream()
                .map(export -> String.valueOf(export.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .sorted()
                .toList();
    }
}
