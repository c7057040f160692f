package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;

/** Something that JSON cannot have; the message completes the place where it lies. */
final class NoValueException extends JsonMappingException {

    private static final long serialVersionUID = 1L;

    NoValueException(JsonGenerator json, String message) {
        super(json, message);
    }
}
