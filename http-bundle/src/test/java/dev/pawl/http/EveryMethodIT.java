package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.http.route.Route;
import dev.pawl.service.access.Role;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The demands of HTTP on every route: its methods, HEAD beside GET, the types and sizes of bodies and heads. */
final class EveryMethodIT {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND");

    @TempDir
    static Path folder;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> folder);

    @Test
    void everyPathRefusesTheMethodsThatItDoesNotAllow() throws Exception {
        Map<String, Set<String>> paths = new TreeMap<>();
        RoutesTest.all().forEach(route -> paths.computeIfAbsent(path(route), path -> new TreeSet<>())
                .add(route.method()));
        for (Map.Entry<String, Set<String>> path : paths.entrySet()) {
            for (String method : METHODS) {
                if (path.getValue().contains(method) || isOfAnotherRoute(method, path.getKey())) {
                    continue;
                }
                HttpResponse<String> answer = send(method, path.getKey());
                String said = method + " " + path.getKey() + " " + answer.body();
                assertEquals(405, answer.statusCode(), said);
                Set<String> allowed =
                        Set.of(answer.headers().firstValue("Allow").orElse("").split(", "));
                assertTrue(allowed.containsAll(path.getValue()), said + allowed);
                assertTrue(allowed.contains("OPTIONS") && !allowed.contains(method), said + allowed);
            }
        }
    }

    /** A fixed word, such as that of /jobs/counts, stands where another route takes any. */
    private static boolean isOfAnotherRoute(String method, String path) {
        return RoutesTest.all().stream()
                .filter(route -> route.method().equals(method))
                .anyMatch(route ->
                        path.matches(route.template().replace("{path}", ".+").replaceAll("\\{[a-z]+}", "[^/]+")));
    }

    @Test
    void everyGetButThePollAnswersHeadWithTheSameStatusAndNoBody() throws Exception {
        int asked = 0;
        for (Route route : RoutesTest.all()) {
            if (!route.method().equals("GET") || route.socket()) {
                continue;
            }
            HttpResponse<String> get = send("GET", path(route));
            HttpResponse<String> head = send("HEAD", path(route));
            if (route.role() != Role.WORKER) {
                assertEquals(get.statusCode(), head.statusCode(), route.template());
                assertEquals(
                        get.headers().firstValue("Content-Type"),
                        head.headers().firstValue("Content-Type"),
                        route.template());
                asked++;
            } else {
                assertEquals(405, head.statusCode(), route.template());
            }
            assertEquals("", head.body(), route.template());
        }
        assertTrue(asked > 25, "only " + asked);
    }

    @Test
    void everyBodyOfAnotherTypeIsRefusedAndOneThatIsTooLargeToo() throws Exception {
        int asked = 0;
        for (Route route : RoutesTest.all()) {
            if (!route.types().contains("application/json")) {
                continue;
            }
            HttpResponse<String> other = server.send(server.request(path(route))
                    .header("Content-Type", "text/csv")
                    .method(route.method(), BodyPublishers.ofString("a,b")));
            boolean takesAny = route.types().contains("*/*"); // as a hook, whose callers send what they like
            assertEquals(takesAny ? 200 : 415, other.statusCode(), route.template() + other.body());
            HttpResponse<String> large = server.send(server.request(path(route))
                    .header("Content-Type", "application/json")
                    .method(route.method(), BodyPublishers.ofString("{\"a\": \"" + "x".repeat(20 << 20) + "\"}")));
            assertEquals(413, large.statusCode(), route.template() + large.body());
            asked++;
        }
        assertTrue(asked > 10, "only " + asked);
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedWhateverItAsksFor() throws Exception {
        for (String path : List.of("/status", "/docs", "/nowhere")) {
            HttpResponse<String> answer = server.send(server.request(path).header("X-Long", "x".repeat(64 << 10)));
            assertEquals(431, answer.statusCode(), path);
            assertTrue(answer.body().contains("PAWL-303"), answer.body());
        }
    }

    private static String path(Route route) {
        return route.template().replace("{path}", "a/b").replaceAll("\\{[a-z]+}", "absent");
    }

    private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return server.send(server.request(path).method(method, BodyPublishers.noBody()));
    }
}
