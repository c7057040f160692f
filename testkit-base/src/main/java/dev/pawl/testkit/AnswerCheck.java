package dev.pawl.testkit;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks a server's answers against its own {@code /openapi.json}. It is stricter than a client should be: an undescribed field is an error
 * too, unless the object is described as open. JSON is given as maps, lists, texts, numbers, booleans and null.
 */
public final class AnswerCheck {

    /** The keywords that do not affect validity. */
    private static final Set<String> FOR_PEOPLE = Set.of("description", "examples", "default");

    /** The headers that any answer may have. */
    private static final Pattern OF_ALL = Pattern.compile(
            "Access-Control-.*|Allow|Cache-Control|Connection|Cross-Origin-Resource-Policy|Content-(Encoding|Length|Security-Policy|Type)|Date"
                    + "|Referrer-Policy|Transfer-Encoding|Vary|X-(Content-Type-Options|Frame-Options|Request-Id)",
            Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_SHOWN = 200;

    private final Map<?, ?> openApi;

    /** @param openApi the description as JSON */
    public AnswerCheck(@Nullable Object openApi) {
        this.openApi = object(openApi);
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
        List<String> wrong = new ArrayList<>();
        if (media.endsWith("json") && content.containsKey(media)) {
            check(object(object(content.get(media)).get("schema")), body, "", wrong);
        }
        return wrong;
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
        List<String> wrong = new ArrayList<>();
        check(object(schema), value, "", wrong);
        return wrong;
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
        return found == null ? null : resolved(object(found));
    }

    /** The operation of a request; fixed segments take precedence over variables. */
    private Map<?, ?> operation(String method, String path) {
        List<String> segments = segments(path.replaceFirst("\\?.*", ""));
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
            fits = template.get(i).startsWith("{") || template.get(i).equals(segments.get(i));
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

    private Map<?, ?> resolved(Map<?, ?> schema) {
        if (!(schema.get("$ref") instanceof String reference)) {
            return schema;
        }
        Object found = openApi;
        for (String name : reference.substring("#/".length()).split("/", -1)) {
            found = object(found).get(name);
        }
        if (found == null) {
            throw new AssertionError("There is no " + reference + ".");
        }
        return resolved(object(found));
    }

    private void check(Map<?, ?> schema, @Nullable Object value, String at, List<String> wrong) {
        if (schema.containsKey("$ref")) {
            check(resolved(schema), value, at, wrong);
            return;
        }
        if (schema.get("allOf") instanceof List<?> all) {
            check(merged(schema, all), value, at, wrong);
            return;
        }
        for (Map.Entry<?, ?> keyword : schema.entrySet()) {
            Object expected = keyword.getValue();
            switch (String.valueOf(keyword.getKey())) {
                case "type" -> checkType(expected, value, at, wrong);
                case "format" -> checkFormat(String.valueOf(expected), value, at, wrong);
                case "enum" -> require(((List<?>) expected).contains(value), at, "one of " + expected, value, wrong);
                case "minimum" ->
                    checkNumber(
                            value,
                            number -> number.compareTo(decimal(expected)) >= 0,
                            at,
                            "at least " + expected,
                            wrong);
                case "maximum" ->
                    checkNumber(
                            value,
                            number -> number.compareTo(decimal(expected)) <= 0,
                            at,
                            "at most " + expected,
                            wrong);
                case "minLength" ->
                    checkLength(
                            value,
                            length -> length >= decimal(expected).intValue(),
                            at,
                            "at least " + expected + " characters",
                            wrong);
                case "maxLength" ->
                    checkLength(
                            value,
                            length -> length <= decimal(expected).intValue(),
                            at,
                            "at most " + expected + " characters",
                            wrong);
                case "anyOf" -> checkAny((List<?>) expected, value, at, wrong);
                case "items" -> checkItems(object(expected), value, at, wrong);
                case "properties" -> checkFields(schema, value, at, wrong);
                case "required", "additionalProperties" -> {} // checked with the properties
                default -> {
                    if (!FOR_PEOPLE.contains(String.valueOf(keyword.getKey()))) {
                        throw new AssertionError("This check does not know " + keyword.getKey() + " of JSON Schema.");
                    }
                }
            }
        }
    }

    /** One schema for all parts of an {@code allOf}: a field that one of them describes is described for all. */
    private Map<?, ?> merged(Map<?, ?> schema, List<?> parts) {
        Map<Object, Object> whole = new LinkedHashMap<>(schema);
        whole.remove("allOf");
        Map<Object, Object> properties = new LinkedHashMap<>(object(schema.get("properties")));
        Set<Object> required = new LinkedHashSet<>();
        for (Object part : parts) {
            Map<?, ?> resolved = resolved(object(part));
            whole.putAll(resolved);
            properties.putAll(object(resolved.get("properties")));
            required.addAll(resolved.get("required") instanceof List<?> names ? names : List.of());
        }
        if (!properties.isEmpty()) {
            whole.put("properties", properties);
            whole.put("required", List.copyOf(required));
        }
        return whole;
    }

    private static void checkNumber(
            @Nullable Object value, Predicate<BigDecimal> fits, String at, String expected, List<String> wrong) {
        require(!(value instanceof Number) || fits.test(decimal(value)), at, expected, value, wrong);
    }

    private static void checkLength(
            @Nullable Object value, IntPredicate fits, String at, String expected, List<String> wrong) {
        require(!(value instanceof String text) || fits.test(text.length()), at, expected, value, wrong);
    }

    private static BigDecimal decimal(Object number) {
        return new BigDecimal(number.toString());
    }

    private static void checkType(Object expected, @Nullable Object value, String at, List<String> wrong) {
        List<?> types = expected instanceof List<?> list ? list : List.of(expected);
        String type = type(value);
        boolean fits = types.contains(type) || (type.equals("integer") && types.contains("number"));
        require(fits, at, String.valueOf(expected), value, wrong);
    }

    private static void checkFormat(String format, @Nullable Object value, String at, List<String> wrong) {
        if (value instanceof String text) {
            boolean fits =
                    switch (format) {
                        case "date-time" -> isTime(text);
                        case "uuid" -> isId(text);
                        default -> throw new AssertionError("This check does not know the format " + format + ".");
                    };
            require(fits, at, format, value, wrong);
        }
    }

    private void checkAny(List<?> schemas, @Nullable Object value, String at, List<String> wrong) {
        List<String> nearest = null;
        for (Object schema : schemas) {
            List<String> found = new ArrayList<>();
            check(object(schema), value, at, found);
            if (found.isEmpty()) {
                return;
            }
            nearest = nearest == null ? found : nearest;
        }
        wrong.addAll(nearest == null ? List.of(at + " can be nothing") : nearest);
    }

    private void checkItems(Map<?, ?> schema, @Nullable Object value, String at, List<String> wrong) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(schema, list.get(i), at + "/" + i, wrong);
            }
        }
    }

    private void checkFields(Map<?, ?> schema, @Nullable Object value, String at, List<String> wrong) {
        if (!(value instanceof Map<?, ?> fields)) {
            return;
        }
        Map<?, ?> known = object(schema.get("properties"));
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (!fields.containsKey(name)) {
                    wrong.add(at + "/" + name + " is missing");
                }
            }
        }
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String place = at + "/" + field.getKey();
            if (known.containsKey(field.getKey())) {
                check(object(known.get(field.getKey())), field.getValue(), place, wrong);
            } else if (schema.containsKey("additionalProperties")
                    && !Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                check(object(schema.get("additionalProperties")), field.getValue(), place, wrong);
            } else {
                wrong.add(place + " is not described");
            }
        }
    }

    private static void require(boolean fits, String at, String expected, @Nullable Object value, List<String> wrong) {
        if (!fits) {
            String shown = String.valueOf(value);
            wrong.add(at + " is to be " + expected + " but is " + type(value) + " "
                    + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown));
        }
    }

    private static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String) {
            return "string";
        } else if (value instanceof Boolean) {
            return "boolean";
        } else if (value instanceof Number number) {
            return isWhole(number) ? "integer" : "number";
        }
        return value instanceof List ? "array" : "object";
    }

    private static boolean isWhole(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().scale() <= 0;
        }
        return !(number instanceof Double) || Math.rint(number.doubleValue()) == number.doubleValue();
    }

    private static boolean isTime(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() > 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isId(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<?, ?> object(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? map : Map.of();
    }
}
