package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text of JDK values and back. No class of a module ever gets here: a shared mapper would keep its loader. */
public final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS) // every digit stays
            .build();
    private static final ObjectReader TYPED =
            MAPPER.readerFor(Object.class).with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};

    private Json() {}

    /** The text of maps, lists, texts, numbers and booleans. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON value: " + e.getOriginalMessage(), e);
        }
    }

    /** The object in the text. */
    public static Map<String, Object> object(String json) {
        try {
            return MAPPER.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** The list in the text. */
    public static List<Object> list(String json) {
        try {
            return MAPPER.readValue(json, LIST);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON list: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The value in the text, which somebody typed.
     *
     * @throws IllegalArgumentException when it is no JSON, says a name twice in one object, or passes a limit
     */
    public static @Nullable Object value(String json) {
        try {
            return TYPED.readValue(JsonCheck.check("The text", json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
