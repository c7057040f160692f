package dev.pawl.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.http.json.JsonTree;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Reads a server's answers. */
final class Answers {

    private Answers() {}

    /** The JSON object of a successful answer. */
    static Map<?, ?> ok(HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals("application/json", type(answer));
        return object(answer.body());
    }

    /** The detail of a problem answer, after its shape was checked. */
    static String problem(int status, String code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("application/problem+json", type(answer));
        Map<?, ?> problem = object(answer.body());
        assertEquals(List.of("type", "title", "status", "detail", "code", "remedy"), List.copyOf(problem.keySet()));
        assertEquals(code, problem.get("code"), answer.body());
        assertEquals(status, problem.get("status"));
        return String.valueOf(problem.get("detail"));
    }

    static Map<?, ?> object(String json) {
        return (Map<?, ?>) json(json);
    }

    static Object json(String json) {
        return JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
    }
}
