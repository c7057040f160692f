package dev.pawl.http.route;

import dev.pawl.base.duration.DurationText;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.json.JsonTree;
import dev.pawl.http.memory.Share;
import dev.pawl.http.memory.SharedOutput;
import dev.pawl.http.negotiation.Acceptance;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** An authorised request with its route. Reads its parameters and body as the route declares them. */
public final class Call {

    private static final long LARGE = 256 << 10;
    private static final String DRY_RUN = "dry_run";

    private final Wire wire;
    private final RouteTable.Match match;
    private final Credential credential;
    private final Actor actor;
    private final Executor work;
    private final Map<String, String> parameters;
    private @Nullable SharedOutput come;
    private byte @Nullable [] body;

    /**
     * Checks a request against its route.
     *
     * @param credential the token that it has, of the actor
     * @param work runs work that the handler defers
     * @throws ProblemException when it has parameters or a content type that the route does not accept
     */
    public Call(Wire wire, RouteTable.Match match, Credential credential, Actor actor, Executor work) {
        this.wire = wire;
        this.match = match;
        this.credential = credential;
        this.actor = actor;
        this.work = work;
        this.parameters = QueryString.parse(wire.request().getHttpURI().getQuery());
        checkQuery();
        if (!match.route().types().isEmpty()) {
            checkEncoding();
        }
        checkType();
        checkAccepted();
    }

    public Request request() {
        return wire.request();
    }

    /** The connection, for a WebSocket, which takes it over; other handlers return their answers. */
    public Wire wire() {
        return wire;
    }

    /** Runs work that the handler defers, such as the steps after a file has arrived. */
    public Executor work() {
        return work;
    }

    /** The token of the request: what goes on after the answer ends with it. */
    public Credential credential() {
        return credential;
    }

    /** The authenticated caller. */
    public Actor actor() {
        return actor;
    }

    /** Adds a cookie to the answer. */
    public void setCookie(String header) {
        wire.response().getHeaders().add(HttpHeader.SET_COOKIE, header);
    }

    /** The route that was found for it. */
    public Route route() {
        return match.route();
    }

    /** The value of a variable in the path. */
    public String path(String variable) {
        return Optional.ofNullable(match.variables().get(variable)).orElseThrow();
    }

    public Optional<String> text(Query query) {
        return query.read(parameters.get(declared(query).name()));
    }

    /** The value of a parameter with a default. */
    public int integer(Query query) {
        return (int) longInteger(query);
    }

    /** The value of a parameter with a default. */
    public long longInteger(Query query) {
        return Long.parseLong(text(query).orElseThrow());
    }

    /** The value of a parameter with a default. */
    public boolean flag(Query query) {
        return Boolean.parseBoolean(text(query).orElseThrow());
    }

    /** The value of a parameter with a default. */
    public Duration duration(Query query) {
        return text(query).flatMap(DurationText::parse).orElseThrow();
    }

    /** A time; empty when it is not given. */
    public Optional<Instant> time(Query query) {
        return text(query).flatMap(Query::time);
    }

    /** Several words; empty when they are not given. */
    public List<String> words(Query query) {
        return text(query).map(words -> List.of(words.split(",", -1))).orElse(List.of());
    }

    /** The whole query. */
    public Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    public boolean isGiven(Query query) {
        return parameters.containsKey(declared(query).name());
    }

    /** Whether it only asks what a change would do. */
    public boolean isDryRun() {
        return match.route().queries().stream().anyMatch(query -> query.name().equals(DRY_RUN) && flag(query));
    }

    /** Whether its body, which has come, only asks what a change would do; one that cannot be read is refused later. */
    public boolean isDryRunByBody() {
        BodyShape shape = match.route().shape();
        if (shape == null || !shape.has(DRY_RUN)) {
            return false;
        }
        try {
            return fields().has(DRY_RUN) && fields().bool(DRY_RUN);
        } catch (ProblemException malformed) {
            return false;
        }
    }

    /** The body, read by the route's shape. */
    public Fields fields() {
        return Optional.ofNullable(match.route().shape()).orElseThrow().read(bytes());
    }

    /** The body, as an object of any shape. */
    @SuppressWarnings("unchecked") // JSON has no other keys
    public Map<String, Object> object() {
        if (JsonTree.read(bytes()) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new ProblemException(ProblemCode.MALFORMED, "The body is not an object; it takes one.");
    }

    /** The JSON body as it was received, within {@link BodyLimit#JSON}. */
    public byte[] bytes() {
        byte[] whole = body;
        if (whole == null) { // created on demand: waiting requests then hold their body only once
            whole = come == null ? new byte[0] : come.toByteArray();
            body = whole;
            come = null;
        }
        return whole;
    }

    /** Whether processing the body takes so much memory that other large ones should wait. */
    public boolean isLarge() {
        return come != null && come.size() > LARGE;
    }

    /** Receives the body when the route takes JSON; completes at once when it is there already, or the route takes none. */
    public CompletableFuture<Void> arrival(Share share) {
        if (!match.route().takesJson()) {
            return CompletableFuture.completedFuture(null);
        }
        var coming = new SharedOutput(share, wire.request().getLength());
        return BodyArrival.of(wire.request(), BodyLimit.JSON, coming::write).thenAccept(done -> come = coming);
    }

    /**
     * Lets the route's handler answer.
     *
     * @throws ProblemException to answer with a problem
     */
    public Answer answer() throws IOException {
        Answer answer = match.route().handler().handle(this);
        return answer instanceof Answer.Later later && match.route().role() == Role.VIEWER
                ? new Answer.Later(later.answer().thenApply(this::whileInForce))
                : answer;
    }

    /** The answer of a request that was held until there was something to tell; its token may have ended meanwhile. */
    private Answer whileInForce(Answer answer) {
        if (!credential.isInForce()) {
            throw new ProblemException(
                    ProblemCode.UNAUTHORIZED, "The token has expired or was revoked while the request was held.");
        }
        return answer;
    }

    private Query declared(Query query) {
        if (!match.route().queries().contains(query)) {
            throw new IllegalArgumentException(match.route().template() + " does not declare " + query.name() + ".");
        }
        return query;
    }

    private void checkQuery() {
        if (match.route().takesAnyQuery()) {
            return;
        }
        for (String name : parameters.keySet()) {
            if (match.route().queries().stream().noneMatch(query -> query.name().equals(name))) {
                String known = match.route().queries().stream().map(Query::name).collect(Collectors.joining(", "));
                throw new ProblemException(
                        ProblemCode.MALFORMED,
                        "The parameter " + name + " is unknown here; "
                                + (known.isEmpty() ? "there are none." : "the known ones are " + known + "."));
            }
        }
    }

    private void checkAccepted() {
        String accepted = wire.request().getHeaders().get(HttpHeader.ACCEPT);
        String type = match.route().answer().type();
        if (accepted == null
                || type == null
                || match.route().answer().isFile()
                || match.route().isForBrowsers()) {
            return;
        }
        if (!Acceptance.of(accepted).takesType(type)) {
            throw new ProblemException(
                    ProblemCode.NOT_ACCEPTABLE,
                    "The request does not accept " + type + ", in which this route answers.");
        }
    }

    private void checkEncoding() {
        String encoding = wire.request().getHeaders().get(HttpHeader.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_TYPE, "The body is encoded as " + encoding + "; it takes no encoding.");
        }
    }

    private void checkType() {
        String header = wire.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (header == null || match.route().types().isEmpty()) {
            return;
        }
        int end = header.indexOf(';');
        String type = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!match.route().takesType(type)) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_TYPE,
                    "The content type is " + type + "; this route takes "
                            + String.join(" or ", match.route().types()) + ".");
        }
    }
}
