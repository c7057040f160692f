package dev.pawl.scheduler.schema;

import dev.pawl.service.data.TextLimit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds and hides secret values. */
public final class Secrets {

    /** The text that is shown in place of a secret. */
    public static final String MASK = "********";

    /** Length of the shortest secret that is looked for: shorter ones would be found in any text by chance. */
    private static final int SHORTEST_FOUND = 4;

    private Secrets() {}

    /** Whether a value of this shape is or holds a secret. */
    static boolean isIn(ValueShape shape) {
        if (shape instanceof ValueShape.Hidden) {
            return true;
        }
        if (shape instanceof ValueShape.Many many) {
            return isIn(many.item());
        }
        if (shape instanceof ValueShape.Named named) {
            return isIn(named.value());
        }
        return shape instanceof ValueShape.Fields fields
                && fields.fields().stream().anyMatch(field -> isIn(field.shape()));
    }

    /** A copy of the values with each top-level value that is or holds a secret replaced by {@link #MASK}. */
    public static Map<String, Object> masked(Map<String, Object> values, List<String> secretNames) {
        if (secretNames.isEmpty() || values.keySet().stream().noneMatch(secretNames::contains)) {
            return values;
        }
        Map<String, Object> masked = new LinkedHashMap<>(values);
        masked.replaceAll((name, value) -> secretNames.contains(name) ? MASK : value);
        return masked;
    }

    /** A copy of JSON values in which each of the secrets is replaced wherever a text or a name holds it. */
    public static Map<String, Object> hidden(Map<String, Object> values, List<String> secrets) {
        if (secrets.isEmpty() || values.isEmpty()) {
            return values;
        }
        Map<String, Object> hidden = new LinkedHashMap<>();
        values.forEach((name, value) -> hidden.put(hidden(name, secrets), hiddenValue(value, secrets)));
        return hidden;
    }

    /** The text with each of the secrets replaced. */
    public static String hidden(String text, List<String> secrets) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, MASK);
        }
        return hidden;
    }

    /** A copy of a JSON value that is not null with each of the secrets replaced. */
    public static Object hiddenIn(Object value, List<String> secrets) {
        return secrets.isEmpty() ? value : Objects.requireNonNull(hiddenValue(value, secrets));
    }

    private static @Nullable Object hiddenValue(@Nullable Object value, List<String> secrets) {
        if (value instanceof String text) {
            return hidden(text, secrets);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(item -> hiddenValue(item, secrets))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> hidden = new LinkedHashMap<>();
            map.forEach((name, item) -> hidden.put(hidden(String.valueOf(name), secrets), hiddenValue(item, secrets)));
            return hidden;
        }
        return value;
    }

    /** The secret texts among the values, longest first, so that a secret goes before those that it contains. */
    public static List<String> texts(ValueSchema schema, Map<String, Object> values) {
        List<String> found = new ArrayList<>();
        for (FieldShape field : schema.fields()) {
            collect(field.shape(), values.get(field.id()), found);
        }
        found.sort(Comparator.comparing(String::length).reversed());
        return List.copyOf(found);
    }

    /** The text as it is kept, with each of the secrets replaced; no more of it is copied than that takes. */
    public static String shown(@Nullable String text, List<String> secrets, TextLimit limit) {
        String whole = String.valueOf(text);
        int longest = secrets.stream().mapToInt(String::length).max().orElse(0);
        int looked = limit.characters() + 2 * longest;
        if (whole.length() <= looked) {
            return limit.kept(hidden(whole, secrets));
        }
        String hidden = hidden(whole.substring(0, looked), secrets);
        int sure = Math.max(
                0,
                hidden.length() - longest); // the cut may have gone through a secret, whose beginning is at the end now
        return limit.kept(hidden.substring(0, sure), (long) whole.length() - looked + longest);
    }

    /** Adds all texts that a value is or holds, but for those that would be found in any text by chance. */
    public static void collect(@Nullable Object value, List<String> found) {
        if (value instanceof String text && text.length() >= SHORTEST_FOUND) {
            found.add(text);
        } else if (value instanceof List<?> list) {
            list.forEach(entry -> collect(entry, found));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(entry -> collect(entry, found));
        }
    }

    private static void collect(ValueShape shape, @Nullable Object value, List<String> found) {
        if (shape instanceof ValueShape.Hidden && value instanceof String text && text.length() >= SHORTEST_FOUND) {
            found.add(text);
        } else if (shape instanceof ValueShape.Many many && value instanceof List<?> list) {
            list.forEach(entry -> collect(many.item(), entry, found));
        } else if (shape instanceof ValueShape.Named named && value instanceof Map<?, ?> map) {
            map.values().forEach(entry -> collect(named.value(), entry, found));
        } else if (shape instanceof ValueShape.Fields fields && value instanceof Map<?, ?> map) {
            fields.fields().forEach(field -> collect(field.shape(), map.get(field.id()), found));
        }
    }
}
