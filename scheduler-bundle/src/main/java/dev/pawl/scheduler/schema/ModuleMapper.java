package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import dev.pawl.base.json.value.JsonMappers;
import dev.pawl.service.data.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON values into the objects of one module and back. Each module bundle has its own, with a type cache of its own,
 * so that nothing keeps the bundle's class loader when the bundle has gone.
 */
public final class ModuleMapper {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JsonMapper mapper;

    /** A mapper for one bundle. */
    public ModuleMapper() {
        LookupCache<Object, JavaType> ownTypes = new LRUMap<>(16, 64);
        mapper = JsonMappers.exact(JsonFactory.builder()
                        .streamWriteConstraints(StreamWriteConstraints.builder()
                                .maxNestingDepth(JsonLimits.DEEPEST)
                                .build())
                        .build())
                .typeFactory(TypeFactory.defaultInstance().withCache(ownTypes))
                .propertyNamingStrategy(new OurNames())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_SELF_REFERENCES) // it nests too deep, like any that holds itself
                .addModule(new SpellingModule())
                .addModule(new RefusedTypesModule())
                .build();
        mapper.getSerializerProvider().setNullKeySerializer(new NamelessKey());
    }

    /**
     * The values as a record of the module.
     *
     * @throws IllegalArgumentException with the record's own message when its constructor refuses them
     */
    public <T> T record(Map<String, Object> values, Class<T> type) {
        try {
            return mapper.convertValue(values, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(reason(e), e);
        }
    }

    /** A JSON value in the type of {@code otherwise}. */
    @SuppressWarnings("unchecked") // a map, list, set or text is given back as the interface or class that it is
    public <T extends @Nullable Object> T likeOther(Object value, T otherwise) {
        if (otherwise == null || (value instanceof Map<?, ?> && otherwise instanceof Map<?, ?>)) {
            return (T) value;
        }
        boolean foreignText =
                otherwise instanceof CharSequence && otherwise.getClass().getClassLoader() != null;
        if (value instanceof String && foreignText) {
            return (T) value; // which the language that has it takes for one
        }
        Class<?> type = otherwise instanceof Map<?, ?>
                ? Map.class
                : otherwise instanceof List<?>
                        ? List.class
                        : otherwise instanceof Set<?> ? Set.class : otherwise.getClass();
        return (T) mapper.convertValue(value, type);
    }

    /**
     * The JSON object of a record, bean or map.
     *
     * @param what names it in the error
     * @param most the greatest length in bytes
     * @throws IllegalArgumentException when it is no JSON object, recursive or longer
     */
    public String object(String what, @Nullable Object value, int most) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is null; it takes a record, a bean or a map.");
        }
        BoundedBytes bytes = new BoundedBytes(what, most);
        try {
            mapper.writeValue(bytes, value);
        } catch (IOException | RuntimeException e) {
            throw bytes.isOverrun() ? bytes.tooLong() : WriteRefusal.of(what, e);
        }
        String json = JsonCheck.check(what, bytes.toString(StandardCharsets.UTF_8));
        if (!json.startsWith("{")) {
            throw new IllegalArgumentException(what + " is a "
                    + value.getClass().getName() + ", which is no JSON object; it takes a record, a bean or a map.");
        }
        return json;
    }

    /** A copy of the values that holds JDK types alone. */
    public Map<String, Object> copy(String what, Map<String, ?> values, int most) {
        try {
            return mapper.readValue(object(what, values, most), OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was written cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String reason(IllegalArgumentException e) {
        Throwable cause = e.getCause();
        Throwable root = cause instanceof JsonMappingException && cause.getCause() != null ? cause.getCause() : cause;
        if (root instanceof JsonProcessingException json) {
            return json.getOriginalMessage();
        }
        String message = root == null ? e.getMessage() : root.getMessage();
        return message == null ? "The record refused the values." : message;
    }

    private static final class NamelessKey extends StdSerializer<Object> {

        private static final long serialVersionUID = 1L;

        NamelessKey() {
            super(Object.class);
        }

        @Override
        public void serialize(Object key, JsonGenerator json, SerializerProvider provider) throws NoValueException {
            throw new NoValueException(json, "a map has a null for a name");
        }
    }

    /** Naming strategy with the names that {@link RecordSchema} publishes, also in nested records. */
    private static final class OurNames extends PropertyNamingStrategies.NamingBase {

        private static final long serialVersionUID = 1L;

        @Override
        public String translate(String name) {
            return SnakeCase.of(name);
        }
    }
}
