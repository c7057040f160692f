package dev.pawl.samples.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects. */
final class JsonReader implements RecordReader {

    @Override
    public @Nullable ObjectNode read(String text) throws BadRecordException {
        if (text.isBlank()) {
            return null;
        }
        try {
            JsonNode node = Mappers.JSON.readTree(text);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new BadRecordException("it is no JSON object");
        } catch (JsonProcessingException e) {
            throw new BadRecordException(Mappers.reason(e), e);
        }
    }
}
