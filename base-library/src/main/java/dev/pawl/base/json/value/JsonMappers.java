package dev.pawl.base.json.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Mappers that keep every digit of a number. */
public final class JsonMappers {

    private JsonMappers() {}

    /** A mapper whose numbers with a point or an exponent are {@link java.math.BigDecimal}s, with the zeroes at their end. */
    public static JsonMapper.Builder exact(JsonFactory factory) {
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    /** A reader of text that somebody typed: a name that is given twice in one object is refused, and so is what follows the value. */
    public static ObjectReader strict(ObjectReader reader) {
        return reader.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
