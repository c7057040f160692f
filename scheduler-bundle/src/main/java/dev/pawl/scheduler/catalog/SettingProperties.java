package dev.pawl.scheduler.catalog;

import dev.pawl.base.json.value.Json;
import dev.pawl.scheduler.schema.JsonCheck;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.Configuration;

/** The settings of a module as properties of a configuration: texts and small numbers as they are, anything else as JSON text with a prefix. */
final class SettingProperties {

    /** Prefix of the JSON text of a value for which Config Admin has no type. */
    private static final String JSON = "json:";

    private SettingProperties() {}

    /** The properties of a configuration, without those of the framework. */
    static Map<String, Object> of(Configuration configuration) {
        Map<String, Object> values = new LinkedHashMap<>();
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
            for (String name : Collections.list(properties.keys())) {
                if (!name.startsWith("service.") && !name.startsWith("felix.") && !name.startsWith(":")) {
                    values.put(name, properties.get(name));
                }
            }
        }
        return values;
    }

    /** The values that they stand for. */
    static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = of(configuration);
        values.replaceAll((name, value) -> plain(value));
        return Collections.unmodifiableMap(values);
    }

    private static Object plain(Object value) {
        if (value instanceof String text && text.startsWith(JSON)) {
            return kept(text);
        }
        return value instanceof Object[] array ? List.copyOf(Arrays.asList(array)) : value;
    }

    private static Object kept(String text) {
        try {
            Object value = Json.typed(JsonCheck.check("The text", text.substring(JSON.length())));
            return value == null ? text : value;
        } catch (IllegalArgumentException e) { // not written here: a text like any other
            return text;
        }
    }

    /** The property for a value. */
    static Object storable(Object value) {
        boolean itself = value instanceof String text
                ? !text.startsWith(JSON)
                : value instanceof Boolean || value instanceof Integer || value instanceof Long;
        return itself ? value : JSON + Json.text(value);
    }
}
