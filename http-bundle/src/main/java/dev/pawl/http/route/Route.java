package dev.pawl.http.route;

import dev.pawl.http.body.BodyShape;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of the API. Its documentation also has an example, from the resources of the package {@code docs}.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param template the path, such as {@code /jobs/{id}}
 * @param role the role that its callers need
 * @param summary a sentence that says what it does
 * @param answer the answer unless there is a problem
 * @param queries the parameters that it accepts; all others are refused
 * @param shape the shape of its JSON body; null when it takes none, or another body
 * @param types the content types that its body may have; empty when it takes none
 * @param socket whether it is a WebSocket
 * @param repetition the outcome of a request that is repeated with its key
 * @param notes what the documentation says beside
 * @param handler the handler
 */
public record Route(
        String method,
        String template,
        Role role,
        String summary,
        DeclaredAnswer answer,
        List<Query> queries,
        @Nullable BodyShape shape,
        List<String> types,
        boolean socket,
        Repetition repetition,
        Notes notes,
        Handler handler) {

    /** A variable at the end of a template that takes the rest of the path, slashes included. */
    public static final String REST = "{path}";

    /** The path to which an issuer sends browsers back. Its query is the issuer's, which may add to it (RFC 6749, section 4.1.2). */
    public static final String ISSUER_ANSWER = "/session/oidc/callback";

    /** The address of the console. The queries of its places are for its own page, which reads them from the address. */
    public static final String CONSOLE = "/console";

    /** The address of the manual. A page of it may be linked with any query, as programs that count readers add one. */
    public static final String MANUAL = "/manual";

    /** The path of a hook, to which others post what they like. */
    public static final String HOOK = "/hooks/{name}";

    /**
     * The parts of a route that only the documentation asks for.
     *
     * @param headers the headers of a request that matter to the route
     * @param problems the problems that it declares
     */
    public record Notes(List<Header> headers, List<ProblemCode> problems) {

        static final Notes NONE = new Notes(List.of(), List.of());

        public Notes {
            headers = List.copyOf(headers);
            problems = List.copyOf(problems);
        }
    }

    public Route {
        queries = List.copyOf(queries);
        types = List.copyOf(types);
    }

    /** A GET without parameters and body. */
    public static Route get(String template, Role role, String summary, DeclaredAnswer answer, Handler handler) {
        return of("GET", template, role, summary, answer, handler);
    }

    /** A POST without parameters and body. */
    public static Route post(String template, Role role, String summary, DeclaredAnswer answer, Handler handler) {
        return of("POST", template, role, summary, answer, handler);
    }

    /** A PUT without parameters and body. */
    public static Route put(String template, Role role, String summary, DeclaredAnswer answer, Handler handler) {
        return of("PUT", template, role, summary, answer, handler);
    }

    /** A PATCH without parameters and body. */
    public static Route patch(String template, Role role, String summary, DeclaredAnswer answer, Handler handler) {
        return of("PATCH", template, role, summary, answer, handler);
    }

    /** A DELETE without parameters and body. */
    public static Route delete(String template, Role role, String summary, DeclaredAnswer answer, Handler handler) {
        return of("DELETE", template, role, summary, answer, handler);
    }

    /** A route without parameters and body. */
    public static Route of(
            String method, String template, Role role, String summary, DeclaredAnswer answer, Handler handler) {
        return new Route(
                method,
                template,
                role,
                summary,
                answer,
                List.of(),
                null,
                List.of(),
                false,
                Repetition.AGAIN,
                Notes.NONE,
                handler);
    }

    /** Adds parameters in the query. */
    public Route query(Query... taken) {
        return new Route(
                method,
                template,
                role,
                summary,
                answer,
                List.of(taken),
                shape,
                types,
                socket,
                repetition,
                notes,
                handler);
    }

    /** Sets the body: a JSON object of this shape. */
    public Route body(BodyShape taken) {
        return body(taken, List.of(Answer.JSON));
    }

    /** Sets the body: a JSON object of any shape. */
    public Route object() {
        return body(null, List.of(Answer.JSON));
    }

    /** Sets the body: one of these content types. */
    public Route body(String... taken) {
        return body(null, List.of(taken));
    }

    private Route body(@Nullable BodyShape taken, List<String> content) {
        return new Route(
                method, template, role, summary, answer, queries, taken, content, socket, repetition, notes, handler);
    }

    /** Makes the route a WebSocket. */
    public Route upgrade() {
        return new Route(
                method, template, role, summary, answer, queries, shape, types, true, repetition, notes, handler);
    }

    /** Sets the outcome of a request that is repeated with its key. */
    public Route repeated(Repetition taken) {
        return new Route(method, template, role, summary, answer, queries, shape, types, socket, taken, notes, handler);
    }

    /** Sets the handler. */
    public Route handledBy(Handler taken) {
        return new Route(
                method, template, role, summary, answer, queries, shape, types, socket, repetition, notes, taken);
    }

    /** Adds headers of the request. */
    public Route header(Header... taken) {
        return noted(new Notes(List.of(taken), notes.problems));
    }

    /**
     * Adds problems that it answers with beside those that follow from what it takes and needs. A test finds those that are missing, once
     * it provokes them.
     */
    public Route problems(ProblemCode... codes) {
        List<ProblemCode> all = new ArrayList<>(notes.problems);
        all.addAll(List.of(codes));
        return noted(new Notes(notes.headers, all));
    }

    private Route noted(Notes taken) {
        return new Route(
                method, template, role, summary, answer, queries, shape, types, socket, repetition, taken, handler);
    }

    /** The headers of a request that matter to this route, beside those that matter to all. */
    public List<Header> headers() {
        return notes.headers;
    }

    /** The problems that this route declares. */
    public List<ProblemCode> problems() {
        return notes.problems;
    }

    /** Whether it answers what browsers ask for by themselves, whose types they do not name. */
    boolean isForBrowsers() {
        return template.equals("/") || template.startsWith(CONSOLE) || template.startsWith(MANUAL);
    }

    /** Whether its query is another's, and any parameter is accepted. */
    boolean takesAnyQuery() {
        return template.equals(ISSUER_ANSWER)
                || template.startsWith(CONSOLE)
                || template.startsWith(MANUAL)
                || (template.equals(HOOK) && method.equals("POST"));
    }

    /** Whether a body may have a content type. */
    boolean takesType(String type) {
        return types.contains(type) || types.contains(DeclaredAnswer.ANY_TYPE);
    }

    /** Whether its body is JSON. */
    boolean takesJson() {
        return types.contains(Answer.JSON);
    }

    /** The first word of the path, under which it is listed. */
    public String group() {
        int end = template.indexOf('/', 1);
        return template.substring(1, end < 0 ? template.length() : end);
    }
}
