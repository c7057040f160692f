package dev.pawl.store.kit;

import dev.pawl.base.json.value.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON columns: text of a row to values of the JDK, and back. */
public final class JsonColumn {

    private JsonColumn() {}

    /** The text of a value made of maps, lists, strings, numbers and booleans. */
    public static String write(Object value) {
        return Json.text(value);
    }

    /** The same text for equal maps, whatever the order of their entries. */
    public static String writeSorted(Map<String, Object> values) {
        return Json.sortedText(values);
    }

    /** The object of a column; empty when the column is null. */
    public static Map<String, Object> map(@Nullable String text) {
        return text == null || text.equals("{}") ? Map.of() : read(text, Json::object);
    }

    /** The value of a column; an empty object when the column is null. */
    public static Object value(@Nullable String text) {
        return text == null || text.equals("{}") ? Map.of() : read(text, JsonColumn::present);
    }

    /** The list of a column. */
    @SuppressWarnings("unchecked") // only lists of objects are written
    public static List<Map<String, Object>> list(String text) {
        return (List<Map<String, Object>>) (List<?>) read(text, Json::list);
    }

    private static Object present(String text) {
        return Objects.requireNonNullElse(Json.value(text), Map.of());
    }

    private static <T> T read(String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("A column of the store cannot be read. " + e.getMessage(), e);
        }
    }
}
