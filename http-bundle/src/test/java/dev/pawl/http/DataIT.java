package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Documents of modules: listed, and read and changed under conditions. */
final class DataIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void documentsAreListedPageByPage() throws Exception {
        for (String path : List.of("/data/lists/b", "/data/lists/a", "/data/lists2/a")) {
            assertEquals(204, server.send("POST", path, "{\"n\": 1}").statusCode());
        }
        Map<?, ?> first = ok(server.get("/data/lists?limit=1"));
        assertEquals(
                List.of(Map.of(
                        "module", "lists", "name", "a", "size", 7, "changed_at", "2026-01-01T10:00:00.000+00:00")),
                first.get("documents"));
        Map<?, ?> second = ok(server.get("/data/lists?limit=1&cursor=" + first.get("next_cursor")));
        assertEquals(List.of("b"), names(second));
        assertNull(second.get("next_cursor"));
        Map<?, ?> all = ok(server.get("/data?cursor=" + first.get("next_cursor")));
        assertEquals(List.of("b", "a"), names(all).subList(0, 2));
        assertEquals(100, all.get("limit"));
    }

    @Test
    void aDocumentThatTheClientHasIsNotSentAgain() throws Exception {
        server.send("POST", "/data/tags/x", "{\"n\": 1}");
        String tag = tag(server.get("/data/tags/x"));
        HttpResponse<String> known = server.send(server.request("/data/tags/x").header("If-None-Match", tag));
        assertEquals(304, known.statusCode());
        assertEquals("", known.body());
        assertEquals(tag, tag(known));
        assertEquals(
                304, conditional("GET", "If-None-Match", "\"other\", W/" + tag).statusCode());
        server.send("POST", "/data/tags/x", "{\"n\": 2}");
        HttpResponse<String> changed = conditional("GET", "If-None-Match", tag);
        assertEquals(200, changed.statusCode());
        assertNotEquals(tag, tag(changed));
    }

    @Test
    void aChangeOfAnotherVersionIsRefused() throws Exception {
        server.send("POST", "/data/tags/x", "{\"n\": 1}");
        String first = tag(server.get("/data/tags/x"));
        assertEquals(204, conditional("POST", "If-Match", first).statusCode());
        problem(412, "PAWL-312", conditional("POST", "If-Match", first));
        problem(412, "PAWL-312", conditional("DELETE", "If-Match", first));
        String second = tag(server.get("/data/tags/x"));
        problem(412, "PAWL-312", conditional("POST", "If-Match", "W/" + second));
        assertEquals(204, conditional("POST", "If-Match", "*").statusCode());
        assertEquals(
                204,
                conditional("DELETE", "If-Match", tag(server.get("/data/tags/x")))
                        .statusCode());
        problem(412, "PAWL-312", conditional("POST", "If-Match", "*"));
    }

    @Test
    void aDocumentIsCreatedOnlyWhereThereIsNone() throws Exception {
        server.send("DELETE", "/data/tags/x", "");
        assertEquals(204, conditional("POST", "If-None-Match", "*").statusCode());
        problem(412, "PAWL-312", conditional("POST", "If-None-Match", "*"));
    }

    @Test
    void settingsAreChangedUnderAConditionToo() throws Exception {
        String path = "/modules/hello/settings";
        String first = tag(server.get(path));
        assertEquals(
                304,
                server.send(server.request(path).header("If-None-Match", first)).statusCode());
        HttpResponse<String> changed = put(path, first);
        assertEquals(Map.of("greeting", "Ahoy"), ok(changed));
        assertNotEquals(first, tag(changed));
        problem(412, "PAWL-312", put(path, first));
        ok(put(path, tag(changed)));
    }

    private static HttpResponse<String> put(String path, String tag) throws IOException, InterruptedException {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .PUT(BodyPublishers.ofString("{\"greeting\": \"Ahoy\"}")));
    }

    private static HttpResponse<String> conditional(String method, String header, String tags)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = server.request("/data/tags/x").header(header, tags);
        return server.send(
                method.equals("POST")
                        ? request.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"n\": 7}"))
                        : request.method(method, BodyPublishers.noBody()));
    }

    private static List<?> names(Map<?, ?> page) {
        return ((List<?>) page.get("documents"))
                .stream().map(entry -> ((Map<?, ?>) entry).get("name")).toList();
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
