package dev.pawl.service.fetch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request.
 *
 * @param success whether there is an answer, whatever its status
 * @param content the answer's content as text; empty without an answer
 * @param statusCode the answer's status; 0 without an answer
 * @param headers the answer's headers by their names in lower case
 * @param error the reason in a sentence when there is no answer, or else null
 */
public record Fetched(
        boolean success,
        String content,
        int statusCode,
        Map<String, String> headers,
        @Nullable String error) {

    public Fetched {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** A request without an answer. */
    public static Fetched failed(String error) {
        return new Fetched(false, "", 0, Map.of(), error);
    }
}
