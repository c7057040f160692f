package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Sets of schedules, and changes on the condition that nobody else made one. */
final class DeclaredSchedulesIT {

    private static final String JOB = "\"job\": {\"module_id\": \"hello\"}";
    private static final String NIGHTLY = "{\"cron\": \"0 3 * * *\", " + JOB + "}";

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @BeforeEach
    void forget() {
        server.schedules.forget();
    }

    private static HttpResponse<String> apply(String json) throws IOException, InterruptedException {
        return server.send("POST", "/schedules/apply", json);
    }

    private static HttpResponse<String> put(String header, String value) throws IOException, InterruptedException {
        return server.send(server.request("/schedules/nightly")
                .header("Content-Type", "application/json")
                .header(header, value)
                .method("PUT", BodyPublishers.ofString(NIGHTLY)));
    }

    @Test
    void aSetIsAppliedWithAReportAndADryRunChangesNothing() throws Exception {
        String set =
                "{\"set\": \"ops\", \"dry_run\": true, \"schedules\": [{\"name\": \"nightly\", \"cron\": \"0 3 * * *\", "
                        + JOB + "}]}";
        assertEquals(
                Map.of(
                        "set",
                        "ops",
                        "dry_run",
                        true,
                        "changes",
                        List.of(Map.of(
                                "name",
                                "nightly",
                                "change",
                                "made",
                                "differences",
                                List.of(),
                                "sentence",
                                "At 0 3 * * *"))),
                ok(apply(set)));
        problem(404, "PAWL-700", server.get("/schedules/nightly"));
        assertEquals(false, ok(apply(set.replace("true", "false"))).get("dry_run"));
        assertEquals("nightly", ok(server.get("/schedules/nightly")).get("name"));
        assertEquals(
                "schedules", ok(apply("{\"schedules\": []}")).get("set"), "the name of a set that names itself not");
    }

    @Test
    void whatIsWrongInASetIsNamedWithItsPlace() throws Exception {
        List<List<String>> wrong = List.of(
                List.of("{}", "schedules is missing"),
                List.of("{\"schedules\": {}}", "schedules is"),
                List.of("{\"schedules\": [], \"set\": \"a b\"}", "set is \"a b\""),
                List.of("{\"schedules\": [{\"cron\": \"@daily\", " + JOB + "}]}", "schedules[0].name is missing"),
                List.of("{\"schedules\": [{\"name\": \"a\", \"cron\": 3, " + JOB + "}]}", "schedules[0].cron is 3"),
                List.of("{\"schedules\": [{\"name\": \"a\", " + JOB + "}]}", "schedules[0]: Neither cron nor every"),
                List.of(
                        "{\"schedules\": [{\"name\": \"a\", \"every\": \"1h\", \"job\": {\"module_id\": 3}}]}",
                        "schedules[0].job.module_id is"),
                List.of(
                        "{\"schedules\": [{\"name\": \"apply\", \"every\": \"1h\", " + JOB + "}]}",
                        "schedules[0]: name is \"apply\""),
                List.of(
                        "{\"schedules\": [{\"name\": \"a\", \"every\": \"1h\", " + JOB
                                + "}, {\"name\": \"a\", \"every\": \"2h\", " + JOB + "}]}",
                        "\"a\" twice"));
        for (List<String> one : wrong) {
            HttpResponse<String> refused = apply(one.get(0));
            assertEquals(400, refused.statusCode(), one.get(0));
            String detail = String.valueOf(Answers.object(refused.body()).get("detail"));
            assertTrue(detail.contains(one.get(1)), () -> one + ": " + detail);
        }
    }

    @Test
    void aBoundedTokenAppliesNoSet() throws Exception {
        String bound =
                (String) server.makeToken("{\"name\": \"bound\", \"role\": \"operator\", \"modules\": [\"hello\"]}")
                        .get("token");
        problem(
                403,
                "PAWL-407",
                server.send(server.request("/schedules/apply", bound)
                        .header("Content-Type", "application/json")
                        .method("POST", BodyPublishers.ofString("{\"schedules\": []}"))));
    }

    @Test
    void aScheduleIsReplacedOnlyAsTheVersionThatTheClientHasSeen() throws Exception {
        HttpResponse<String> made = put("If-None-Match", "*");
        ok(made);
        problem(412, "PAWL-312", put("If-None-Match", "*"));
        String tag = made.headers().firstValue("ETag").orElseThrow();
        assertEquals(
                tag,
                server.get("/schedules/nightly").headers().firstValue("ETag").orElseThrow());
        ok(put("If-Match", tag));
        problem(412, "PAWL-312", put("If-Match", "\"other\""));
        server.schedules.forget();
        problem(412, "PAWL-312", put("If-Match", tag));
    }
}
