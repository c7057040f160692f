package dev.pawl.samples.handbrake;

import dev.pawl.api.module.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of an option, as HandBrakeCLI reads it: lists are joined by commas, maps by colons. */
final class OptionValue {

    private OptionValue() {}

    static String of(String input, String option, Object value) throws ValidationException {
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            for (Object part : list) {
                parts.add(single(input, part));
            }
            return String.join(",", parts);
        }
        if (value instanceof Map<?, ?> map) {
            return switch (option) {
                case "start-at", "stop-at" -> offset(input, map);
                case "crop" -> crop(input, map);
                default -> settings(input, map);
            };
        }
        return single(input, value);
    }

    /** A place, as {@code {"seconds": 10}}. */
    private static String offset(String input, Map<?, ?> offset) throws ValidationException {
        if (offset.size() != 1) {
            throw new ValidationException(input + " is " + offset + "; it takes one of seconds, frames and pts.");
        }
        Map.Entry<?, ?> unit = offset.entrySet().iterator().next();
        return unit.getKey() + ":" + single(input, unit.getValue());
    }

    private static String crop(String input, Map<?, ?> edges) throws ValidationException {
        List<String> parts = new ArrayList<>();
        for (List<String> names :
                List.of(List.of("top", "up"), List.of("bottom", "down"), List.of("left"), List.of("right"))) {
            Object edge = null;
            for (String name : names) {
                edge = edge == null ? edges.get(name) : edge;
            }
            parts.add(edge == null ? "0" : single(input, edge));
        }
        return String.join(":", parts);
    }

    /** A filter: {@code {"preset": "light"}}, {@code {"custom": {"mode": 3}}} or {@code {"mode": 3}}. */
    private static String settings(String input, Map<?, ?> filter) throws ValidationException {
        if (filter.size() == 1) {
            Object only = filter.values().iterator().next();
            Object name = filter.keySet().iterator().next();
            if ("custom".equals(name) && only instanceof Map<?, ?> custom) {
                return settings(input, custom);
            }
            if ("preset".equals(name) || "presets".equals(name)) {
                return single(input, only);
            }
        }
        return joined(input, filter);
    }

    /** {@code name=value} joined by colons; an empty value stands for the name alone. */
    static String joined(String input, Map<?, ?> settings) throws ValidationException {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<?, ?> setting : settings.entrySet()) {
            String name = String.valueOf(setting.getKey()).replace('_', '-');
            Object value = setting.getValue();
            parts.add(value == null ? name : name + "=" + single(input, value));
        }
        return String.join(":", parts);
    }

    private static String single(String input, @Nullable Object value) throws ValidationException {
        if (value == null || value instanceof Map || value instanceof List) {
            throw new ValidationException(input + " has " + value + " for a text, a number, true or false.");
        }
        if (value instanceof Boolean flag) {
            return flag ? "1" : "0";
        }
        return value.toString();
    }
}
