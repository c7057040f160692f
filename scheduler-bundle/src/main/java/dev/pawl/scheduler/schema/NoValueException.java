package dev.pawl.scheduler.schema;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;

/** Thrown for an object that JSON cannot hold; the message completes the place where it lies. */
final class NoValueException extends JsonMappingException {

    private static final long serialVersionUID = 1L;

    NoValueException(JsonGenerator json, String message) {
        super(json, message);
    }
}
