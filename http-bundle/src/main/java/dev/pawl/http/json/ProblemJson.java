package dev.pawl.http.json;

import static dev.pawl.http.json.AnswerKinds.INTEGER;
import static dev.pawl.http.json.AnswerKinds.TEXT;
import static dev.pawl.http.json.AnswerKinds.word;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Problems on the wire, as RFC 9457 has them, with our code and remedy. */
public final class ProblemJson {

    /** Their content type. */
    public static final String TYPE = "application/problem+json";

    public static final AnswerShape<Problem> SHAPE = AnswerShape.<Problem>of(
                    "Problem", "What was wrong, with a stable code and what to do.")
            .field("type", TEXT, problem -> "/docs#" + problem.code().id(), "Where its code is explained.")
            .field("title", TEXT, problem -> title(problem.code()), "The code's name in plain words.")
            .field("status", INTEGER, Problem::status, "The status of the answer.")
            .field("detail", TEXT, Problem::detail, "What was wrong, as a sentence for people.")
            .field("code", word(ProblemCode.values(), ProblemCode::id), Problem::code, "What was wrong, for programs.")
            .field("remedy", TEXT, problem -> problem.code().remedy(), "What to do.")
            .optional(
                    "attributes",
                    WorkerJson.ATTRIBUTES,
                    ProblemJson::attributes,
                    "Of the queue, where it is asked for.");

    private ProblemJson() {}

    /**
     * A problem.
     *
     * @param code what was wrong
     * @param status the code's own, or one that says it closer
     * @param detail for people
     * @param standsStill whether it answers for the queue, which then is as good as disabled and says so
     */
    public record Problem(ProblemCode code, int status, String detail, boolean standsStill) {}

    /** Writes a problem that does not answer for the queue. */
    public static void write(JsonGenerator json, ProblemCode code, int status, String detail) throws IOException {
        write(json, code, status, detail, false);
    }

    /** Writes a problem. */
    public static void write(JsonGenerator json, ProblemCode code, int status, String detail, boolean standsStill)
            throws IOException {
        SHAPE.write(json, new Problem(code, status, detail, standsStill));
    }

    /** The code's name in plain words. */
    public static String title(ProblemCode code) {
        String words = code.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static @Nullable Boolean attributes(Problem problem) {
        return problem.standsStill() ? true : null;
    }
}
