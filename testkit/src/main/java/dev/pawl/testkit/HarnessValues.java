package dev.pawl.testkit;

import dev.pawl.api.module.Default;
import dev.pawl.api.module.Required;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between records and JSON values, for the harness: what a module author's records need, without a JSON library. */
final class HarnessValues {

    private static final int DEEPEST = 100;

    private HarnessValues() {}

    /** A record or map as JSON values; names of record components become snake_case. */
    static Map<String, Object> object(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> || value instanceof Record) {
            if (plain(what, value, DEEPEST) instanceof Map<?, ?> map) {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((name, part) -> copy.put(String.valueOf(name), part));
                return Collections.unmodifiableMap(copy);
            }
        }
        throw new IllegalArgumentException(
                what + " is no JSON object here: " + value + "; the harness takes a record or a map.");
    }

    /** A value as an instance of the type. */
    static <T> T to(Object value, Class<T> type) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        @SuppressWarnings("unchecked") // a primitive has no instance to cast with
        T converted = (T) convert(value, type);
        return converted;
    }

    private static @Nullable Object plain(String what, @Nullable Object value, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException(what + " holds itself, or is nested too deeply.");
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, part) -> copy.put(String.valueOf(name), plain(what, part, depth - 1)));
            return copy;
        }
        if (value instanceof Collection<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(plain(what, item, depth - 1)));
            return copy;
        }
        if (value instanceof Record fields) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            for (RecordComponent component : fields.getClass().getRecordComponents()) {
                copy.put(snakeCase(component.getName()), plain(what, read(fields, component), depth - 1));
            }
            return copy;
        }
        return value.toString();
    }

    private static Object convert(Object value, Type type) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (value instanceof Map<?, ?> map && raw.isRecord()) {
            return record(map, raw);
        }
        if (value instanceof Collection<?> items && type instanceof ParameterizedType generic) {
            Type item = generic.getActualTypeArguments()[0];
            return item instanceof Class<?> || item instanceof ParameterizedType
                    ? items.stream().map(part -> convert(part, item)).toList()
                    : value;
        }
        if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .filter(constant -> constant.toString().equalsIgnoreCase(value.toString()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            value + " is none of " + Arrays.toString(raw.getEnumConstants())));
        }
        return scalar(value, raw);
    }

    private static Object scalar(Object value, Class<?> raw) {
        String text = value.toString();
        if (raw == int.class || raw == Integer.class) {
            return Integer.valueOf(text);
        }
        if (raw == long.class || raw == Long.class) {
            return Long.valueOf(text);
        }
        if (raw == double.class || raw == Double.class) {
            return Double.valueOf(text);
        }
        return raw == boolean.class || raw == Boolean.class ? Boolean.valueOf(text) : value;
    }

    private static Object record(Map<?, ?> values, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = argument(values, components[i]);
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " refuses " + values + ": " + (e.getCause() == null ? e : e.getCause()), e);
        }
    }

    private static @Nullable Object argument(Map<?, ?> values, RecordComponent component) {
        String snake = snakeCase(component.getName());
        Object given = values.containsKey(snake) ? values.get(snake) : values.get(component.getName());
        Default otherwise = component.getAnnotation(Default.class);
        if (given == null && otherwise != null) {
            given = otherwise.value();
        }
        if (given != null) {
            return convert(given, component.getGenericType());
        }
        if (component.isAnnotationPresent(Required.class)) {
            throw new IllegalArgumentException(snake + " is missing.");
        }
        return component.getType() == boolean.class
                ? false
                : component.getType().isPrimitive() ? scalar("0", component.getType()) : null;
    }

    private static @Nullable Object read(Record fields, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component.getName() + " cannot be read: " + e, e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
