package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.base.json.value.Json;
import dev.pawl.launch.SchemaReader;
import dev.pawl.service.catalog.Field;
import dev.pawl.service.catalog.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads schemas from a jar on the disk, by the code that reads those of installed modules. */
public final class JarSchemaReader implements SchemaReader {

    @Override
    public Map<String, Object> read(Path jar, String name, String type) {
        try (JarClasses classes = new JarClasses(jar)) {
            URL file = classes.findResource("OSGI-INF/pawl/" + name + ".schema.json");
            Schema schema = DeclaredSchemas.schema(file, type(classes, type)).schema();
            return Map.of(
                    "fields",
                    schema.fields().stream().map(JarSchemaReader::field).toList(),
                    "schema",
                    Json.object(schema.json()));
        } catch (IOException e) {
            throw new UncheckedIOException("The jar " + jar + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Class<?> type(JarClasses classes, String name) {
        if (name.isEmpty()) {
            return AutomationModule.NoFields.class;
        }
        try {
            return classes.loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException("The class " + name + " cannot be loaded: " + e + ".", e);
        }
    }

    private static Map<String, Object> field(Field field) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", field.id());
        shown.put("type", field.type().name().toLowerCase(Locale.ROOT));
        shown.put("required", field.required());
        add("default", field.otherwise(), shown);
        shown.put("description", field.description());
        add("min", field.min(), shown);
        add("max", field.max(), shown);
        return shown;
    }

    private static void add(String name, @Nullable Object value, Map<String, Object> shown) {
        if (value != null) {
            shown.put(name, value);
        }
    }
}
