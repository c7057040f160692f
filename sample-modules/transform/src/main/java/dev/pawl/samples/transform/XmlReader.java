package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;

/**
 * Reads XML elements: attributes and child elements are fields, repeated ones lists, and text beside them is the field "" (the field
 * "value" when there is nothing but text). Prefixes of namespaces stay in the names.
 */
final class XmlReader implements RecordReader {

    private final XmlMapper mapper = Mappers.xml();

    @Override
    public ObjectNode read(String text) throws BadRecordException {
        try {
            JsonNode node = mapper.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            return node == null || node.isNull() || node.asText().isEmpty() ? object : object.set("value", node);
        } catch (JsonProcessingException e) {
            throw new BadRecordException(Mappers.reason(e), e);
        }
    }
}
