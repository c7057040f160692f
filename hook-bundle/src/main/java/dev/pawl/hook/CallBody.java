package dev.pawl.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.pawl.base.json.JsonFactories;
import dev.pawl.base.json.value.JsonMappers;
import dev.pawl.service.data.JsonLimits;
import dev.pawl.service.hook.HookCall;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a call as a value: JSON; the fields of a form, or the JSON of its field {@code payload}, as GitHub can send it; otherwise a text.
 * A form that begins like JSON is JSON, since {@code curl -d} says that it sends a form.
 */
final class CallBody {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String PAYLOAD = "payload";

    private static final ObjectReader STRICT = JsonMappers.strict(JsonMappers.exact(
                            JsonFactories.bounded(JsonLimits.DEEPEST, JsonLimits.MOST_DIGITS, JsonLimits.LONGEST_NAME))
                    .build()
                    .reader())
            .forType(new TypeReference<Object>() {});

    private CallBody() {}

    /**
     * Reads the body; null when it is empty or JSON's null.
     *
     * @throws ProblemException {@code HOOK_MISMATCH} when it is not what its content type says, or exceeds a limit of JSON
     */
    static @Nullable Object of(HookCall call) {
        String text = text(call.body());
        String type = type(call);
        if (text.isBlank()) {
            return null;
        }
        if (type.equals(FORM) && !looksLikeJson(text)) {
            return form(text);
        }
        boolean isJson = type.equals("application/json") || type.endsWith("+json") || type.equals("text/json");
        return isJson || (looksLikeJson(text) && !type.startsWith("text/")) ? json(text) : text;
    }

    private static String type(HookCall call) {
        String header = call.headers().getOrDefault("content-type", "");
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    private static String text(ByteBuffer body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(body).toString();
        } catch (CharacterCodingException e) {
            throw mismatch("The body is not UTF-8.", e);
        }
    }

    private static @Nullable Object form(String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!pair.isEmpty() && fields.put(name, decoded(equals < 0 ? "" : pair.substring(equals + 1))) != null) {
                throw mismatch("The form of the body has a field twice.");
            }
        }
        return fields.size() == 1 && fields.containsKey(PAYLOAD) ? json(String.valueOf(fields.get(PAYLOAD))) : fields;
    }

    private static String decoded(String escaped) {
        try {
            return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw mismatch("The form of the body has a % that is not a valid escape.", e);
        }
    }

    private static @Nullable Object json(String text) {
        try {
            Object value = STRICT.readValue(text);
            check(value);
            return value;
        } catch (StreamConstraintsException e) {
            throw mismatch(
                    "The body nests deeper than " + JsonLimits.DEEPEST
                            + " levels, or holds a number or name of over 1000 characters.",
                    e);
        } catch (JsonProcessingException e) { // its message may repeat what the body says
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw mismatch("The body is not valid JSON, or gives a name twice in an object" + place + ".", e);
        }
    }

    /** Refuses what could be stored only in another form. */
    private static void check(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, part) -> {
                check(name);
                check(part);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(CallBody::check);
        } else if (value instanceof String text && JsonLimits.hasUnpairedSurrogate(text)) {
            throw mismatch("The body contains an unpaired surrogate, which is not a character.");
        } else if (value instanceof Number number && JsonLimits.number(number.toString()) == null) {
            throw mismatch("The body has a number of over " + JsonLimits.MOST_DIGITS + " digits.");
        }
    }

    private static ProblemException mismatch(String detail) {
        return new ProblemException(ProblemCode.HOOK_MISMATCH, detail);
    }

    private static ProblemException mismatch(String detail, Exception cause) {
        return new ProblemException(ProblemCode.HOOK_MISMATCH, detail, cause);
    }
}
