package dev.pawl.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.Locale;

/** Problems on the wire, as RFC 9457 has them, with our code and remedy. */
public final class ProblemJson {

    /** Their content type. */
    public static final String TYPE = "application/problem+json";

    private ProblemJson() {}

    /**
     * Writes a problem.
     *
     * @param status the code's own, or one that says it closer
     */
    public static void write(JsonGenerator json, ProblemCode code, int status, String detail) throws IOException {
        write(json, code, status, detail, false);
    }

    /**
     * Writes a problem.
     *
     * @param standsStill whether it answers for the queue, which then is as good as disabled and says so
     */
    public static void write(JsonGenerator json, ProblemCode code, int status, String detail, boolean standsStill)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "/docs#" + code.id());
        json.writeStringField("title", title(code));
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
        json.writeStringField("code", code.id());
        json.writeStringField("remedy", code.remedy());
        if (standsStill) {
            json.writeObjectFieldStart("attributes");
            json.writeBooleanField("disabled", true);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** The code's name in plain words. */
    public static String title(ProblemCode code) {
        String words = code.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
