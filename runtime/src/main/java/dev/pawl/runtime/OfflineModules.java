package dev.pawl.runtime;

import dev.pawl.launch.JarReader;
import dev.pawl.launch.SchemaReader;
import dev.pawl.runtime.start.StartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Descriptions of modules that are not installed.
 *
 * @param jars reads manifests
 * @param schemas reads inputs and settings
 */
record OfflineModules(JarReader jars, SchemaReader schemas) {

    static OfflineModules of(OfflineBundles bundles) throws StartException {
        return new OfflineModules(bundles.find(JarReader.class), bundles.find(SchemaReader.class));
    }

    /** The contents of a jar, with the inputs and settings of each module as {@code GET /modules/ID} shows them. */
    Map<String, Object> describe(Path jar) {
        Map<String, Object> contents = new LinkedHashMap<>(jars.read(jar));
        List<Map<String, Object>> modules = new ArrayList<>();
        if (contents.get("modules") instanceof List<?> found) {
            for (Object module : found) {
                modules.add(module(jar, (Map<?, ?>) module));
            }
        }
        contents.put("modules", modules);
        return contents;
    }

    private Map<String, Object> module(Path jar, Map<?, ?> found) {
        Map<String, Object> module = new LinkedHashMap<>();
        found.forEach((name, value) -> module.put(String.valueOf(name), value));
        String inputs = String.valueOf(module.remove(JarReader.INPUTS));
        String settings = String.valueOf(module.remove(JarReader.SETTINGS));
        add("inputs", schemas.read(jar, module.get("id") + ".inputs", inputs), module);
        add("settings", schemas.read(jar, module.get("id") + ".settings", settings), module);
        return module;
    }

    private static void add(String kind, Map<String, Object> read, Map<String, Object> module) {
        module.put(kind, read.get("fields"));
        module.put(kind + "_schema", read.get("schema"));
    }
}
