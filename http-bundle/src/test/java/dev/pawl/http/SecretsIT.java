package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditRecord;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The routes of secrets. */
final class SecretsIT {

    private static final String VALUE = "correct-horse-battery";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    private static HttpResponse<String> set(String name, String json) throws IOException, InterruptedException {
        return server.send("PUT", "/secrets/" + name, json);
    }

    private static List<?> names(Map<?, ?> page) {
        return ((List<?>) page.get("secrets"))
                .stream().map(secret -> ((Map<?, ?>) secret).get("name")).toList();
    }

    private static String audited() {
        return server.audit.after(0, 1_000).stream()
                .map(AuditRecord::line)
                .toList()
                .toString();
    }

    @Test
    void secretsAreSetListedWithoutTheirValuesAndRemoved() throws Exception {
        assertEquals(
                204,
                set("a", "{\"value\": \"" + VALUE + "\", \"modules\": [\"mail\"]}")
                        .statusCode());
        assertEquals(204, set("b", "{\"value\": \"" + VALUE + "\"}").statusCode());
        assertEquals(VALUE, server.secrets.values().get("b"));

        HttpResponse<String> answer = server.get("/secrets?limit=1");
        Map<?, ?> first = ok(answer);
        assertEquals(
                List.of(Map.of(
                        "name", "a",
                        "modules", List.of("mail"),
                        "readable", true,
                        "changed_at", "2026-01-01T10:00:00.123+00:00",
                        "changed_by", "admin")),
                first.get("secrets"));
        Map<?, ?> second = ok(server.get("/secrets?limit=5000&cursor=" + first.get("next_cursor")));
        assertEquals(List.of("b"), names(second));
        assertNull(second.get("next_cursor"));
        assertEquals(100, second.get("limit"));

        for (String name : List.of("a", "b")) {
            assertEquals(204, server.send("DELETE", "/secrets/" + name, "").statusCode());
        }
        problem(404, "PAWL-530", server.send("DELETE", "/secrets/a", ""));
        assertTrue(audited().contains("secret.set") && audited().contains("secret.remove"), audited());
        assertFalse(audited().contains(VALUE), audited());
    }

    @Test
    void noRefusalRepeatsAValueToTheClientOrTheAudit() throws Exception {
        for (String body : List.of(
                "{\"value\": " + VALUE + "}",
                "{\"value\": 4711471147114711}",
                "{\"value\": [\"" + VALUE + "\"]}",
                "{\"value\": \"" + VALUE + "\", \"modules\": \"mail\"}",
                "{\"value\": \"" + VALUE,
                "\"" + VALUE + "\"",
                VALUE)) {
            HttpResponse<String> refused = set("c", body);
            problem(400, "PAWL-300", refused);
            assertFalse(
                    refused.body().contains("correct") || refused.body().contains("4711471147114711"), refused.body());
        }
        problem(413, "PAWL-303", set("c", "{\"value\": \"" + VALUE + "x".repeat(1 << 20) + "\"}"));
        problem(413, "PAWL-303", set("c", "{\"value\": \"" + VALUE + "x".repeat(100_000) + "\"}"));
        problem(405, "PAWL-302", server.get("/secrets/c"));
        assertFalse(audited().contains("correct") || audited().contains("4711471147114711"), audited());
    }
}
