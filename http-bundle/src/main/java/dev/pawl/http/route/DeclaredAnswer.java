package dev.pawl.http.route;

import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.service.problem.ProblemCode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a route declares to give unless there is a problem.
 *
 * @param status the HTTP status
 * @param description a sentence for people
 * @param type the content type; null when the answer has no body
 * @param shown gives the kind of its value, which only the documentation asks for, so that a start builds none; null when the body is not JSON
 * @param tagged whether it has an entity tag, and is left out when the client has that version
 */
public record DeclaredAnswer(
        int status,
        String description,
        @Nullable String type,
        @Nullable Supplier<AnswerKind<?>> shown,
        boolean tagged) {

    /** Stands for any content type. */
    public static final String ANY_TYPE = "*/*";

    /** The kind of its value; null when the body is not JSON. */
    public @Nullable AnswerKind<?> kind() {
        return shown == null ? null : shown.get();
    }

    /** Whether it is a file. */
    public boolean isFile() {
        return ANY_TYPE.equals(type);
    }

    /** JSON. */
    public static DeclaredAnswer json(Supplier<AnswerKind<?>> kind, String description) {
        return new DeclaredAnswer(200, description, Answer.JSON, kind, false);
    }

    /** The same with an entity tag. */
    public DeclaredAnswer withTag() {
        return new DeclaredAnswer(status, description, type, shown, true);
    }

    /** JSON with another status than 200. */
    public static DeclaredAnswer json(int status, Supplier<AnswerKind<?>> kind, String description) {
        return new DeclaredAnswer(status, description, Answer.JSON, kind, false);
    }

    /** An empty answer with the status 204. */
    public static DeclaredAnswer none(String description) {
        return new DeclaredAnswer(204, description, null, null, false);
    }

    /** A text that is not JSON. */
    public static DeclaredAnswer text(String type, String description) {
        return new DeclaredAnswer(200, description, type, null, false);
    }

    /** Always the same problem. */
    public static DeclaredAnswer problem(ProblemCode code) {
        return new DeclaredAnswer(code.status(), code.remedy(), ProblemJson.TYPE, () -> ProblemJson.SHAPE, false);
    }

    /** A file of any type, in parts when the request asks for one. */
    public static DeclaredAnswer file(String description) {
        return new DeclaredAnswer(200, description, ANY_TYPE, null, true);
    }

    /** A WebSocket. */
    public static DeclaredAnswer socket(String description) {
        return new DeclaredAnswer(101, description, null, null, false);
    }
}
