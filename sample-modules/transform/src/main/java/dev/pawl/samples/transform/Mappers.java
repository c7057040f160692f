package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;

/** The set-up of Jackson: numbers keep their digits, and a record is read completely or refused. */
final class Mappers {

    /** For JSON. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Mappers() {}

    /** A mapper for XML, which reads no document type declarations and no entities but those of XML itself. */
    static XmlMapper xml() {
        XmlMapper mapper = new XmlMapper();
        XMLInputFactory input = mapper.getFactory().getXMLInputFactory();
        input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        input.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false); // prefixes are bound outside the record
        return mapper;
    }

    /** The parser's reason in one line, without the text and place that it adds. */
    static String reason(JsonProcessingException failure) {
        String reason =
                String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("");
        return reason.isEmpty() ? failure.getClass().getSimpleName().toLowerCase(Locale.ROOT) : reason;
    }
}
