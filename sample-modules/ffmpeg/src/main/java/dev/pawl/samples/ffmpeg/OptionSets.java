package dev.pawl.samples.ffmpeg;

import dev.pawl.api.module.ModuleData;
import dev.pawl.api.module.ValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The option sets that the server keeps for all jobs: documents of this module, such as {@code {"options": {"codec": "libopus"}}}. */
final class OptionSets {

    private final ModuleData data;

    OptionSets(ModuleData data) {
        this.data = data;
    }

    /** The options of an output map: its own, with those of its option set placed over them. */
    Map<String, @Nullable Object> options(String input, OutputMap map) throws ValidationException {
        if (map.options() == null && map.optionSet() == null) {
            throw new ValidationException(input + " has neither options nor option_set; give one of them.");
        }
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        if (map.options() != null) {
            merged.putAll(map.options());
        }
        if (map.optionSet() != null) {
            optionsOf(map.optionSet()).forEach((name, value) -> merged.put(String.valueOf(name), value));
        }
        return merged;
    }

    private Map<?, ?> optionsOf(String name) throws ValidationException {
        Optional<Map<String, Object>> document;
        try {
            document = data.get(name);
        } catch (IllegalArgumentException noName) {
            throw new ValidationException(
                    "Could not find server-side option set '" + name + "': " + noName.getMessage(), noName);
        }
        if (document.isEmpty()) {
            throw new ValidationException("Could not find server-side option set '" + name
                    + "'; store it with `pawl data put ffmpeg " + name + " '{\"options\": {…}}'`.");
        }
        if (document.get().get("options") instanceof Map<?, ?> options) {
            return options;
        }
        throw new ValidationException("The option set '" + name
                + "' has no object named options; store it as {\"options\": {\"codec\": \"libopus\"}}.");
    }
}
