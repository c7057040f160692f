package dev.pawl.http.route;

import dev.pawl.http.answer.AnswerKind;
import dev.pawl.http.answer.ProblemJson;
import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a route declares to give unless there is a problem.
 *
 * @param status the HTTP status
 * @param description a sentence for people
 * @param type the content type; null when the answer has no body
 * @param headers the headers that it may have beside those of every answer
 * @param others other answers that are no problems
 * @param shown gives the kind of its value, which only the documentation asks for, so that a start builds none; null when the body is not JSON; of a
 *         WebSocket, the kind of its frames; of a stream of events, a shape with the kinds of their data by the names of the events
 */
public record DeclaredAnswer(
        int status,
        String description,
        @Nullable String type,
        List<Header> headers,
        List<Other> others,
        @Nullable Supplier<AnswerKind<?>> shown) {

    /** Stands for any content type. */
    public static final String ANY_TYPE = "*/*";

    /**
     * Another answer without a body.
     *
     * @param status the HTTP status
     * @param description a sentence for people
     * @param headers the headers that it may have beside those of every answer
     */
    public record Other(int status, String description, List<Header> headers) {}

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
        return new DeclaredAnswer(200, description, Answer.JSON, List.of(), List.of(), kind);
    }

    /** JSON with another status than 200. */
    public static DeclaredAnswer json(int status, Supplier<AnswerKind<?>> kind, String description) {
        return new DeclaredAnswer(status, description, Answer.JSON, List.of(), List.of(), kind);
    }

    /** An empty answer with the status 204. */
    public static DeclaredAnswer none(String description) {
        return new DeclaredAnswer(204, description, null, List.of(), List.of(), null);
    }

    /** A text that is not JSON. */
    public static DeclaredAnswer text(String type, String description) {
        return new DeclaredAnswer(200, description, type, List.of(), List.of(), null);
    }

    /** An empty answer that leads a browser elsewhere. */
    public static DeclaredAnswer redirect(String description, Header... more) {
        return new DeclaredAnswer(302, description, null, List.of(), List.of(), null)
                .with(new Header("Location", "Its address."))
                .with(more);
    }

    /** Always the same problem. */
    public static DeclaredAnswer problem(ProblemCode code) {
        return new DeclaredAnswer(
                code.status(), code.remedy(), ProblemJson.TYPE, List.of(), List.of(), () -> ProblemJson.SHAPE);
    }

    /** A file of any type, in parts when the request asks for one. */
    public static DeclaredAnswer file(String description) {
        return new DeclaredAnswer(200, description, ANY_TYPE, List.of(), List.of(), null);
    }

    /** A WebSocket whose frames are JSON of this kind. */
    public static DeclaredAnswer socket(Supplier<AnswerKind<?>> frame, String description) {
        return new DeclaredAnswer(101, description, null, List.of(), List.of(), frame);
    }

    /** A stream of server-sent events. The members of the shape are the kinds of their data, by the name of the event. */
    public static DeclaredAnswer events(Supplier<AnswerKind<?>> data, String description) {
        return new DeclaredAnswer(200, description, Answer.Stream.TYPE, List.of(), List.of(), data)
                .with(new Header("X-Accel-Buffering", "`no`: proxies that know it pass each event on at once."));
    }

    /** Whether it is a stream of events. */
    public boolean isStream() {
        return Answer.Stream.TYPE.equals(type);
    }

    /** The same with headers. */
    public DeclaredAnswer with(Header... more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(List.of(more));
        return new DeclaredAnswer(status, description, type, all, others, shown);
    }

    /** The same with an entity tag, left out when the client has that version. */
    public DeclaredAnswer withTag() {
        var tag = new Header("ETag", "The version, for If-Match and If-None-Match.");
        return with(tag).or(304, "The client has this version already.", tag);
    }

    /** The same, or an answer without a body, with that status and these headers. */
    public DeclaredAnswer or(int other, String about, Header... has) {
        List<Other> all = new ArrayList<>(others);
        all.add(new Other(other, about, List.of(has)));
        return new DeclaredAnswer(status, description, type, headers, all, shown);
    }
}
