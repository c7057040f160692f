package dev.pawl.samples.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pawl.api.module.RunException;
import dev.pawl.web.WebAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of one page.
 *
 * @param json the content; null when it was not read as JSON
 * @param results the results in order
 */
record PageResults(@Nullable JsonNode json, List<Map<String, @Nullable Object>> results) {

    private static final int MOST_SHOWN = 200;

    /** Keeps every digit of a number, and no names of members in the JVM's table of texts. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * Reads a page.
     *
     * @param number the number of the page, from 1
     * @throws RunException when it is no JSON and has to be, or has no list where the entries are
     */
    static PageResults of(Plan plan, WebAnswer answer, String text, long number) throws RunException {
        boolean needsJson = plan.items() != null || !plan.fields().isEmpty() || plan.cursor() != null;
        JsonNode json = needsJson || answer.isJson() ? parsed(answer, text, needsJson) : null;
        List<Map<String, @Nullable Object>> results = new ArrayList<>();
        if (json != null && plan.items() != null) {
            for (JsonNode entry : entries(json, plan.items(), answer)) {
                results.add(plan.fields().isEmpty() ? whole(entry) : picked(entry, plan.fields()));
            }
        } else if (json != null && !plan.fields().isEmpty()) {
            results.add(picked(json, plan.fields()));
        } else {
            results.add(page(answer, json == null ? text : plain(json), number));
        }
        return new PageResults(json, results);
    }

    private static @Nullable JsonNode parsed(WebAnswer answer, String text, boolean required) throws RunException {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            if (required) {
                throw new RunException(
                        "The answer of " + answer.url() + " is no JSON: " + e.getOriginalMessage()
                                + ". It begins with: " + begin(text),
                        e);
            }
        }
        if (required) {
            throw new RunException("The answer of " + answer.url() + " is empty, where JSON is expected.");
        }
        return null;
    }

    private static JsonNode entries(JsonNode json, JsonPointer items, WebAnswer answer) throws RunException {
        JsonNode entries = json.at(items);
        if (!entries.isArray()) {
            throw new RunException("The answer of " + answer.url() + " has no list at items \"" + items + "\", but "
                    + (entries.isMissingNode()
                            ? "nothing"
                            : "a value of the kind "
                                    + entries.getNodeType().name().toLowerCase(Locale.ROOT))
                    + ". It begins with: " + begin(json.toString()));
        }
        return entries;
    }

    private static Map<String, @Nullable Object> whole(JsonNode entry) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        if (entry.isObject()) {
            entry.properties().forEach(member -> result.put(member.getKey(), plain(member.getValue())));
        } else {
            result.put("value", plain(entry));
        }
        return result;
    }

    private static Map<String, @Nullable Object> picked(JsonNode from, Map<String, JsonPointer> fields) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        fields.forEach((name, pointer) -> result.put(name, plain(from.at(pointer))));
        return result;
    }

    private static Map<String, @Nullable Object> page(WebAnswer answer, @Nullable Object body, long number) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("page", number);
        result.put("url", answer.url().toString());
        result.put("status", answer.status());
        Map<String, Object> headers = new LinkedHashMap<>();
        answer.headers().forEach((name, values) -> {
            if (!name.equals("set-cookie")) { // a cookie is a credential
                headers.put(name, String.join(", ", values));
            }
        });
        result.put("headers", headers);
        result.put("body", body);
        return result;
    }

    /** The value in classes of the JDK: the server knows no others. */
    private static @Nullable Object plain(JsonNode node) {
        try {
            return node.isMissingNode() || node.isNull() ? null : JSON.treeToValue(node, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON value becomes no plain one: " + e.getOriginalMessage(), e);
        }
    }

    private static String begin(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
    }
}
