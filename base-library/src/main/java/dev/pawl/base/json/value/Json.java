package dev.pawl.base.json.value;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pawl.base.json.JsonFactories;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON text of maps, lists, texts, numbers and booleans, and back. Texts are read however long they are: who takes them from outside
 * checks them first. No class of a module ever gets here, since a shared mapper would keep its loader.
 */
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMappers.exact(JsonFactories.unbounded()).build();
    private static final ObjectWriter SORTED = MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final ObjectReader PLAIN = MAPPER.reader();
    private static final ObjectReader TYPED = JsonMappers.strict(PLAIN);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};
    private static final TypeReference<Object> VALUE = new TypeReference<>() {};

    private Json() {}

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException when it holds something else
     */
    public static String text(Object value) {
        return write(MAPPER.writer(), value);
    }

    /** The same text for equal maps, whatever the order of their entries. */
    public static String sortedText(Map<String, Object> values) {
        return write(SORTED, values);
    }

    /**
     * The object in the text.
     *
     * @throws IllegalArgumentException when it holds none
     */
    public static Map<String, Object> object(String json) {
        return read(PLAIN, OBJECT, "object", json);
    }

    /**
     * The list in the text.
     *
     * @throws IllegalArgumentException when it holds none
     */
    public static List<Object> list(String json) {
        return read(PLAIN, LIST, "list", json);
    }

    /**
     * The value in the text, whatever it is.
     *
     * @throws IllegalArgumentException when it is no JSON
     */
    public static @Nullable Object value(String json) {
        return read(PLAIN, VALUE, "value", json);
    }

    /**
     * The value in the text, which somebody typed.
     *
     * @throws IllegalArgumentException when it is no JSON, goes on after its value, or says a name twice in one object
     */
    public static @Nullable Object typed(String json) {
        return read(TYPED, VALUE, "value", json);
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON value: " + e.getOriginalMessage(), e);
        }
    }

    private static <T> T read(ObjectReader reader, TypeReference<T> type, String kind, String json) {
        try {
            return reader.forType(type).readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON " + kind + ": " + e.getOriginalMessage(), e);
        }
    }
}
