package dev.pawl.scheduler.schema;

import dev.pawl.base.json.value.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Canonical text of a JSON value: equal values have equal texts, whatever the order of members and the spelling of numbers. */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** The canonical text of a value. */
    public static String of(@Nullable Object value) {
        return value == null ? "null" : Json.text(ordered(value));
    }

    private static Object ordered(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, part) -> sorted.put(String.valueOf(name), orderedPart(part)));
            return sorted;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> parts = new ArrayList<>(list.size());
            list.forEach(part -> parts.add(orderedPart(part)));
            return parts;
        }
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }

    private static @Nullable Object orderedPart(@Nullable Object part) {
        return part == null ? null : ordered(part);
    }
}
