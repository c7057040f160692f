package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.TEXT;
import static dev.pawl.http.answer.AnswerKinds.word;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.pawl.service.problem.ProblemCode;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Problems on the wire as defined by RFC 9457, with a code and a remedy. */
public final class ProblemJson {

    /** Their content type. */
    public static final String TYPE = "application/problem+json";

    public static final AnswerShape<Problem> SHAPE = AnswerShape.<Problem>of(
                    "Problem", "An error, with a stable code and a remedy.")
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
                    "The attributes of the queue, in answers about the queue.");

    private ProblemJson() {}

    /**
     * A problem.
     *
     * @param code the code
     * @param status the code's status, or a more specific one
     * @param detail a sentence for people
     * @param queueDisabled whether it is the answer to a question about the queue, which then must say that the queue is disabled
     */
    public record Problem(ProblemCode code, int status, String detail, boolean queueDisabled) {}

    /** Writes a problem that is not about the queue. */
    public static void write(JsonGenerator json, ProblemCode code, int status, String detail) throws IOException {
        write(json, code, status, detail, false);
    }

    /** Writes a problem. */
    public static void write(JsonGenerator json, ProblemCode code, int status, String detail, boolean queueDisabled)
            throws IOException {
        SHAPE.write(json, new Problem(code, status, detail, queueDisabled));
    }

    /** The code's name in plain words. */
    public static String title(ProblemCode code) {
        String words = code.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static @Nullable Boolean attributes(Problem problem) {
        return problem.queueDisabled() ? true : null;
    }
}
