package dev.pawl.testkit;

import static dev.pawl.testkit.SchemaCheck.object;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a server's answers against its own {@code /openapi.json}. It is stricter than a client should be: an undescribed field is an error
 * too, unless the object is described as open. JSON is given as maps, lists, texts, numbers, booleans and null.
 */
public final class AnswerCheck {

    /** The headers that any answer may have. */
    private static final Pattern OF_ALL = Pattern.compile(
            "Access-Control-.*|Allow|Cache-Control|Connection|Cross-Origin-Resource-Policy|Content-(Encoding|Length|Security-Policy|Type)|Date"
                    + "|Referrer-Policy|Transfer-Encoding|Vary|X-(Content-Type-Options|Frame-Options|Request-Id)",
            Pattern.CASE_INSENSITIVE);

    /** Stands for the rest of a path that ends with its slash. */
    private static final String EMPTY_REST = "{}";

    private static final Pattern JSON = Pattern.compile("application/(\\S+\\+)?json\\b.*");

    private final Map<?, ?> openApi;
    private final SchemaCheck schemas;

    /** @param openApi the description as JSON */
    public AnswerCheck(@Nullable Object openApi) {
        this.openApi = SchemaCheck.object(openApi);
        this.schemas = new SchemaCheck(this.openApi);
    }

    /** Whether a body of this content type is one JSON value, unlike lines of them. */
    public static boolean isJson(String type) {
        return JSON.matcher(type).matches();
    }

    /**
     * Fails when an answer does not match its description.
     *
     * @param path the path of the request, which may have a query
     * @param type the content type; empty when there is none
     * @param body the body, parsed if the type says that it is JSON
     */
    public void hold(String method, String path, int status, String type, @Nullable Object body) {
        List<String> wrong = wrong(method, path, status, type, body);
        if (!wrong.isEmpty()) {
            throw new AssertionError("The answer with " + status + " to " + method + " " + path
                    + " is not as /openapi.json says:\n" + String.join("\n", wrong));
        }
    }

    /** The differences between an answer and its description. */
    public List<String> wrong(String method, String path, int status, String type, @Nullable Object body) {
        if (method.equals("HEAD") || method.equals("OPTIONS")) {
            return List.of(); // no route describes these, and they have no body
        }
        Map<?, ?> response = response(method, path, status);
        if (response == null) {
            return List.of(
                    status < 400
                            ? "There is no such response."
                            : "No such problem is declared: name it in the Route.problems of the route, or in RouteProblems when many"
                                    + " routes have it. It is " + body);
        }
        Map<?, ?> content = object(response.get("content"));
        String media = type.replaceFirst(";.*", "").strip();
        if (content.isEmpty() || media.isEmpty()) {
            return content.isEmpty() && media.isEmpty() ? List.of() : List.of(described(content) + ", not " + type);
        }
        if (!content.containsKey(media) && !content.containsKey("*/*")) {
            return List.of(described(content) + ", not " + type);
        }
        return isJson(media) && content.containsKey(media)
                ? schemas.wrong(object(content.get(media)).get("schema"), body)
                : List.of();
    }

    /** The headers of an answer that neither belong to all answers nor are described. */
    public Set<String> undescribed(String method, String path, int status, Set<String> headers) {
        Map<?, ?> response = response(method, path, status);
        Set<String> undescribed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        if (response != null && !method.equals("HEAD") && !method.equals("OPTIONS")) {
            headers.stream().filter(name -> !OF_ALL.matcher(name).matches()).forEach(undescribed::add);
            object(response.get("headers")).keySet().forEach(name -> undescribed.remove(String.valueOf(name)));
        }
        return undescribed;
    }

    /** The differences between a value and a schema of the description. */
    public List<String> wrong(@Nullable Object schema, @Nullable Object value) {
        return schemas.wrong(schema, value);
    }

    private static String described(Map<?, ?> content) {
        return "The content type is " + (content.isEmpty() ? "none" : content.keySet());
    }

    /** The described answer: other errors, and all answers of paths without a route, are problems. */
    private @Nullable Map<?, ?> response(String method, String path, int status) {
        Map<?, ?> responses = object(operation(method, path).get("responses"));
        Object found = responses.get(String.valueOf(status));
        if (found == null && status >= 400) {
            found = responses.isEmpty() ? Map.of("$ref", "#/components/responses/Problem") : responses.get("default");
        }
        return found == null ? null : schemas.resolved(object(found));
    }

    /** The operation of a request; fixed segments take precedence over variables, and the empty rest of a path over none. */
    private Map<?, ?> operation(String method, String path) {
        String bare = path.replaceFirst("\\?.*", "");
        Map<?, ?> ofRest = bare.endsWith("/") ? operation(method, segments(bare + EMPTY_REST)) : Map.of();
        return ofRest.isEmpty() ? operation(method, segments(bare)) : ofRest;
    }

    private Map<?, ?> operation(String method, List<String> segments) {
        return object(openApi.get("paths")).entrySet().stream()
                .filter(entry -> fits(segments(String.valueOf(entry.getKey())), segments))
                .filter(entry -> object(entry.getValue()).containsKey(method.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparing(entry -> variables(String.valueOf(entry.getKey()))))
                .<Map<?, ?>>map(entry -> object(object(entry.getValue()).get(method.toLowerCase(Locale.ROOT))))
                .orElse(Map.of());
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static boolean fits(List<String> template, List<String> segments) {
        boolean rest = !template.isEmpty() && template.get(template.size() - 1).equals("{path}"); // with its slashes
        boolean fits = template.size() == segments.size() || (rest && template.size() < segments.size());
        for (int i = 0; fits && i < template.size(); i++) {
            String segment = segments.get(i);
            boolean variable = segment.equals(EMPTY_REST)
                    ? template.get(i).equals("{path}")
                    : template.get(i).startsWith("{");
            fits = variable || template.get(i).equals(segment);
        }
        return fits;
    }

    /** The sort key of a template by the places of its variables: the later, the better the match. */
    private static String variables(String template) {
        return String.join(
                "",
                segments(template).stream()
                        .map(segment -> segment.startsWith("{") ? "1" : "0")
                        .toList());
    }
}
