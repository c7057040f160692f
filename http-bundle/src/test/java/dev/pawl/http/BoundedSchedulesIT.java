package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Schedules for the tokens that are bounded. */
final class BoundedSchedulesIT {

    private static final String NIGHTLY = "{\"cron\": \"0 3 * * 1-5\", \"job\": {\"module_id\": \"hello\"}}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @BeforeEach
    void forget() {
        server.schedules.forget();
    }

    private static HttpResponse<String> as(String token, String method, String path, String json)
            throws IOException, InterruptedException {
        return server.send(server.request(path, token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    @Test
    void aTokenOfOneModuleSeesAndChangesOnlySchedulesOfIt() throws Exception {
        ok(server.send("PUT", "/schedules/other", "{\"every\": \"1h\", \"job\": {\"module_id\": \"mail\"}}"));
        String bound =
                (String) server.makeToken("{\"name\": \"bound\", \"role\": \"operator\", \"modules\": [\"hello\"]}")
                        .get("token");
        ok(as(bound, "PUT", "/schedules/mine", NIGHTLY));
        assertEquals(List.of("mine"), names(as(bound, "GET", "/schedules", "")));
        problem(404, "PAWL-700", as(bound, "GET", "/schedules/other", ""));
        problem(404, "PAWL-700", as(bound, "POST", "/schedules/other/run", ""));
        problem(403, "PAWL-407", as(bound, "PUT", "/schedules/other", NIGHTLY));
        problem(
                403,
                "PAWL-407",
                as(bound, "PUT", "/schedules/mine", "{\"every\": \"1h\", \"job\": {\"module_id\": \"mail\"}}"));
        problem(403, "PAWL-407", as(bound, "GET", "/schedules/upcoming", ""));
        assertEquals(
                "mail",
                server.schedules.get("other").request().job().tasks().get(0).module());
        assertEquals(204, as(bound, "DELETE", "/schedules/mine", "").statusCode());
    }

    @Test
    void aTokenBoundToItsOwnJobsHasNoSchedules() throws Exception {
        ok(server.send("PUT", "/schedules/nightly", NIGHTLY));
        String own = (String) server.makeToken("{\"name\": \"own\", \"role\": \"operator\", \"own_jobs\": true}")
                .get("token");
        assertEquals(List.of(), names(as(own, "GET", "/schedules", "")));
        problem(403, "PAWL-407", as(own, "GET", "/schedules/nightly", ""));
        problem(403, "PAWL-407", as(own, "PUT", "/schedules/mine", NIGHTLY));
    }

    private static List<?> names(HttpResponse<String> page) {
        return ((List<?>) ok(page).get("schedules"))
                .stream().map(one -> ((Map<?, ?>) one).get("name")).toList();
    }
}
