package dev.pawl.http.resource;

import static dev.pawl.http.body.BodyShape.optional;
import static dev.pawl.http.body.BodyShape.required;

import dev.pawl.http.answer.FetchedJson;
import dev.pawl.http.body.BodyShape;
import dev.pawl.http.body.Fields;
import dev.pawl.http.body.Kind;
import dev.pawl.http.route.Answer;
import dev.pawl.http.route.Call;
import dev.pawl.http.route.DeclaredAnswer;
import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import dev.pawl.service.fetch.FetchRequest;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The route for requests that the server makes through its proxy. */
public final class ProxyRoutes {

    private static final BodyShape FETCH = BodyShape.of(
            required("url", Kind.TEXT, "The address, http or https; its host must be one of PAWL_PROXY_HOSTS."),
            optional("method", Kind.TEXT, "The method; GET when absent."),
            optional("headers", Kind.OBJECT, "The headers by name, each value a text."),
            optional("body", Kind.TEXT, "The content."),
            optional(
                    "timeout",
                    Kind.DURATION,
                    "The longest time until the whole answer is there, up to 5 minutes; a minute when absent."),
            optional(
                    "browser_mode",
                    Kind.BOOLEAN,
                    "Whether headers that browsers send are added where they are not given."),
            optional("session_id", Kind.TEXT, "Requests of one session leave the proxy from one address."),
            optional(
                    "geo",
                    Kind.TEXT,
                    "The place from which the request leaves the proxy, such as us, us-ny or newyork."));

    private final Services parts;

    public ProxyRoutes(Services parts) {
        this.parts = parts;
    }

    /** The routes that this class answers. */
    public List<Route> routes() {
        return List.of(Route.post(
                        "/proxy-fetch",
                        Role.OPERATOR,
                        "Makes a request through the configured proxy; off until a proxy and the allowed hosts are configured.",
                        DeclaredAnswer.json(() -> FetchedJson.SHAPE, "What came of it, also when it failed."),
                        this::fetch)
                .problems(ProblemCode.PROXY_OFF)
                .body(FETCH));
    }

    private Answer fetch(Call call) {
        Fields fields = call.fields();
        var request = new FetchRequest(
                fields.text("url"),
                fields.optionalText("method").orElse("GET"),
                headers(fields),
                fields.optionalText("body").orElse(null),
                fields.duration("timeout").orElse(FetchRequest.USUAL_TIMEOUT),
                fields.has("browser_mode") && fields.bool("browser_mode"),
                fields.optionalText("session_id").orElse(null),
                fields.optionalText("geo").orElse(null));
        return Answer.after(parts.fetch().get().fetch(request), fetched -> Answer.json(FetchedJson.SHAPE, fetched));
    }

    private static Map<String, String> headers(Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.object("headers").forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw new ProblemException(ProblemCode.MALFORMED, "headers." + name + " is no text; it takes one.");
            }
            headers.put(name, text);
        });
        return headers;
    }
}
