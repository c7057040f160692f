package dev.pawl.store.sqlite.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON columns. Only types of the JDK pass here: the mapper must not hold on to a module's class loader. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder() // what was written is read again, however long
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS); // every digit stays

    private static final ObjectWriter SORTED = MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Json() {}

    /** The text of a value made of maps, lists, strings, numbers and booleans. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This cannot be JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The same text for equal maps, whatever the order of their entries. */
    public static String writeSorted(Map<String, Object> values) {
        try {
            return SORTED.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This cannot be JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The text of a map; null when it is empty. */
    static @Nullable String writeUnlessEmpty(Map<String, Object> values) {
        return values.isEmpty() ? null : write(values);
    }

    /** The object of a column; empty when the column is null. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(@Nullable String text) {
        return text == null || text.equals("{}") ? Map.of() : read(text, Map.class);
    }

    /** The value of a column; an empty object when the column is null. */
    public static Object value(@Nullable String text) {
        return text == null || text.equals("{}") ? Map.of() : read(text, Object.class);
    }

    /** The list of a column. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> list(String text) {
        return read(text, List.class);
    }

    private static <T> T read(String text, Class<T> type) {
        try {
            return MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A column of the store holds no valid JSON: " + e.getOriginalMessage(), e);
        }
    }
}
