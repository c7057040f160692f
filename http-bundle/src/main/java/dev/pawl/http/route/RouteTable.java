package dev.pawl.http.route;

import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request in a tree of path segments, where a fixed segment takes precedence over a variable, and that over the rest.
 * The tree below a first segment is made at the first request for it. Safe for many threads.
 */
public final class RouteTable {

    private final List<LazyRoutes> parts;
    private final Map<String, Tree> trees = new HashMap<>(); // not changed any more once it is made

    public RouteTable(List<LazyRoutes> parts) {
        this.parts = List.copyOf(parts);
        for (LazyRoutes part : parts) {
            for (String word : part.words()) {
                trees.computeIfAbsent(word, Tree::new).parts.add(part);
            }
        }
    }

    /** A table of routes that are there already. */
    public static RouteTable of(List<Route> routes) {
        return new RouteTable(List.of(
                new LazyRoutes(routes.stream().map(Route::group).distinct().toList(), () -> routes)));
    }

    /** All routes, in the order of their parts, whose classes this loads. */
    public List<Route> routes() {
        return parts.stream().flatMap(part -> part.routes().stream()).toList();
    }

    /**
     * A route with the values of its path variables.
     *
     * @param route the route
     * @param variables the values by name
     */
    public record Match(Route route, Map<String, String> variables) {}

    /**
     * The route of a request; empty when the path has routes, but none for the method. A HEAD is handled as a GET without a body, except
     * for the poll of workers, which takes a job.
     */
    public Optional<Match> find(String method, String path) {
        boolean head = method.equals("HEAD");
        for (Found found : nodes(path)) {
            Declared declared = found.node().routes.get(head ? "GET" : method);
            if (declared != null && !(head && declared.route().role() == Role.WORKER)) {
                return Optional.of(new Match(declared.route(), declared.variables(found.values())));
            }
        }
        return Optional.empty();
    }

    /** The methods that any path accepts, in alphabetical order. */
    public List<String> methods() {
        var methods = new TreeSet<>(List.of("HEAD", "OPTIONS"));
        routes().forEach(route -> methods.add(route.method()));
        return List.copyOf(methods);
    }

    /** The methods that a path accepts, in alphabetical order. Throws when there are none. */
    public List<String> methods(String path) {
        var methods = new TreeSet<String>();
        for (Found found : nodes(path)) {
            methods.addAll(found.node().routes.keySet());
        }
        if (methods.isEmpty()) {
            String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is nothing at " + shown + ".");
        }
        if (find("HEAD", path).isPresent()) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return List.copyOf(methods);
    }

    private List<Found> nodes(String path) {
        List<Found> found = new ArrayList<>(2);
        List<String> segments = segments(path);
        Tree tree = trees.get(segments.isEmpty() ? "" : segments.get(0));
        if (tree != null) {
            collect(tree.root(), segments, 0, new ArrayList<>(2), found);
        }
        return found;
    }

    private static void collect(Node node, List<String> segments, int at, List<String> values, List<Found> found) {
        if (at == segments.size()) {
            if (!node.routes.isEmpty()) {
                found.add(new Found(node, List.copyOf(values)));
            }
            return;
        }
        String segment = segments.get(at);
        Node word = node.words.get(segment);
        if (word != null) {
            collect(word, segments, at + 1, values, found);
        }
        if (node.variable != null && !segment.isEmpty()) {
            values.add(decoded(segment));
            collect(node.variable, segments, at + 1, values, found);
            values.remove(values.size() - 1);
        }
        if (node.rest != null && !segment.isEmpty()) {
            values.add(String.join(
                    "/",
                    segments.subList(at, segments.size()).stream()
                            .map(RouteTable::decoded)
                            .toList()));
            found.add(new Found(node.rest, List.copyOf(values)));
            values.remove(values.size() - 1);
        }
    }

    /** A slash at the end makes no difference. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(5);
        int from = 1;
        for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        if (from < path.length()) {
            segments.add(path.substring(from));
        }
        return segments;
    }

    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try { // the decoder is for forms, where a plus means a space
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.MALFORMED, "The path contains a % that is not a valid escape.", e);
        }
    }

    private static List<String> variables(String template) {
        return segments(template).stream()
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .toList();
    }

    private record Found(Node node, List<String> values) {}

    /**
     * A route at its place.
     *
     * @param names the names of its variables, in the order of the path
     */
    private record Declared(Route route, List<String> names) {

        Map<String, String> variables(List<String> values) {
            if (names.isEmpty()) {
                return Map.of();
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                variables.put(names.get(i), values.get(i));
            }
            return variables;
        }
    }

    /** The routes of all paths that begin with a word. */
    private static final class Tree {
        final String word;
        final List<LazyRoutes> parts = new ArrayList<>(1);

        private volatile @Nullable Node made;

        Tree(String word) {
            this.word = word;
        }

        Node root() {
            Node known = made;
            return known == null ? make() : known;
        }

        private synchronized Node make() {
            Node known = made;
            if (known == null) {
                known = new Node();
                for (LazyRoutes part : parts) {
                    for (Route route : part.routes()) {
                        if (route.group().equals(word)) {
                            known.add(route);
                        }
                    }
                }
                made = known;
            }
            return known;
        }
    }

    private static final class Node {
        final Map<String, Node> words = new HashMap<>();
        final Map<String, Declared> routes = new TreeMap<>();

        @Nullable
        Node variable;

        @Nullable
        Node rest;

        void add(Route route) {
            Node node = this;
            for (String segment : segments(route.template())) {
                if (segment.equals(Route.REST)) {
                    Node next = node.rest;
                    node.rest = next == null ? new Node() : next;
                    node = node.rest;
                } else if (segment.startsWith("{")) {
                    Node next = node.variable;
                    node.variable = next == null ? new Node() : next;
                    node = node.variable;
                } else {
                    node = node.words.computeIfAbsent(segment, word -> new Node());
                }
            }
            if (node.routes.put(route.method(), new Declared(route, variables(route.template()))) != null) {
                throw new IllegalArgumentException(route.method() + " " + route.template() + " is declared twice.");
            }
        }
    }
}
