package dev.pawl.samples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class HttpModuleTest {

    static final Map<String, Object> LOOPBACK =
            Map.of("allowed_hosts", List.of("127.0.0.1"), "private_hosts", List.of("127.0.0.1"));

    static JobHarness job(Map<String, Object> inputs) {
        return JobHarness.of(HttpModule::new).inputs(inputs).settings(LOOPBACK);
    }

    static String failure(HarnessRun run) {
        return Objects.requireNonNull(run.failure()).message();
    }

    private static Map<String, Object> with(Map<String, Object> values, String name, Object value) {
        Map<String, Object> all = new HashMap<>(values);
        all.put(name, value);
        return all;
    }

    @Test
    void aPageIsAResultWithItsBodyAsJson() throws Exception {
        try (TestService service = new TestService(exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "id=secret");
            TestService.json(exchange, 200, "{\"n\": 1.50, \"text\": \"é\"}");
        })) {
            HarnessRun run = job(Map.of("url", service.url("/a?b=c"))).run();

            assertEquals(Outcome.COMPLETED, run.outcome());
            Map<String, Object> page = run.results().get(0);
            assertEquals(service.url("/a?b=c"), page.get("url"));
            assertEquals(200, page.get("status"));
            assertEquals(Map.of("n", new BigDecimal("1.50"), "text", "é"), page.get("body"));
            assertTrue(page.get("headers") instanceof Map<?, ?> headers && !headers.containsKey("set-cookie"));
            assertEquals(100, run.percent());
            assertEquals("/a?b=c", service.seen().get(0).path());
        }
    }

    @Test
    void itemsBecomeResultsAndExtractPicksTheirFields() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(
                exchange, 200, "{\"data\": [{\"id\": 1, \"in\": {\"name\": \"a\"}, \"more\": 7}, {\"id\": 2}, 5]}"))) {
            HarnessRun run = job(Map.of(
                            "url", service.url("/"),
                            "items", "/data",
                            "extract", Map.of("id", "/id", "name", "/in/name")))
                    .run();

            assertEquals(Map.of("id", 1, "name", "a"), run.results().get(0));
            assertEquals(2, run.results().get(1).get("id"));
            assertEquals(null, run.results().get(1).get("name"));
            assertEquals(3, run.results().size());

            HarnessRun whole =
                    job(Map.of("url", service.url("/"), "items", "/data")).run();
            assertEquals(Map.of("value", 5), whole.results().get(2));
        }
    }

    @Test
    void methodHeadersAndBodyAreSentAsGiven() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 201, "{}"))) {
            job(Map.of(
                            "url", service.url("/"),
                            "method", "post",
                            "headers", Map.of("X-One", "1"),
                            "body", Map.of("a", List.of(1, 2))))
                    .run();
            job(Map.of("url", service.url("/"), "method", "PUT", "body", "text é"))
                    .run();

            TestService.Seen json = service.seen().get(0);
            assertEquals("POST", json.method());
            assertEquals("{\"a\":[1,2]}", json.body());
            assertEquals("application/json", json.header("Content-Type"));
            assertEquals("1", json.header("X-One"));
            assertTrue(!json.header("Idempotency-Key").isEmpty());
            assertEquals("text é", service.seen().get(1).body());
            assertEquals("text/plain; charset=utf-8", service.seen().get(1).header("Content-Type"));
            assertEquals("", service.seen().get(1).header("Idempotency-Key"));
        }
    }

    @Test
    void anUnexpectedStatusFailsWithTheBeginningOfTheAnswer() throws Exception {
        try (TestService service =
                new TestService(exchange -> TestService.json(exchange, 404, "{\"no\":\n \"such thing\"}"))) {
            HarnessRun run = job(Map.of("url", service.url("/x"))).run();
            assertEquals(
                    "GET " + service.url("/x") + " answered 404, expected 2xx. The answer: {\"no\": \"such thing\"}",
                    failure(run));
            assertEquals(1, service.seen().size(), "a 404 is not tried again");

            assertEquals(
                    Outcome.COMPLETED,
                    job(Map.of("url", service.url("/x"), "expected_status", List.of(200, "404-410")))
                            .run()
                            .outcome());
        }
    }

    @Test
    void anAnswerThatIsNoJsonFailsWithItsPlaceWhereJsonIsAskedFor() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 200, "{\"a\": [1, 2"))) {
            HarnessRun run = job(Map.of("url", service.url("/"), "items", "/a")).run();
            assertTrue(
                    failure(run)
                            .startsWith("The answer of " + service.url("/") + " is no JSON: Unexpected end-of-input"),
                    failure(run));

            HarnessRun text = job(Map.of("url", service.url("/"))).run();
            assertEquals("{\"a\": [1, 2", text.results().get(0).get("body"));
        }
    }

    @Test
    void aListThatIsNotThereIsNamed() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 200, "{\"data\": {}}"))) {
            HarnessRun run =
                    job(Map.of("url", service.url("/"), "items", "/data")).run();
            assertEquals(
                    "The answer of " + service.url("/")
                            + " has no list at items \"/data\", but a value of the kind object."
                            + " It begins with: {\"data\":{}}",
                    failure(run));
        }
    }

    @Test
    void textIsReadInItsCharacterSetAndInUtf8WhenThatDoesNotExist() throws Exception {
        try (TestService service = new TestService(exchange -> {
            boolean latin = exchange.getRequestURI().getPath().equals("/latin");
            exchange.getResponseHeaders()
                    .set("Content-Type", "text/plain; charset=" + (latin ? "ISO-8859-1" : "klingon"));
            TestService.send(exchange, 200, "é".getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        })) {
            assertEquals(
                    "é",
                    job(Map.of("url", service.url("/latin")))
                            .run()
                            .results()
                            .get(0)
                            .get("body"));
            assertEquals(
                    "é",
                    job(Map.of("url", service.url("/other")))
                            .run()
                            .results()
                            .get(0)
                            .get("body"));
        }
    }

    @Test
    void aResultThatIsTooLargeFailsWithTheInputsThatMakeItSmaller() throws Exception {
        try (TestService service =
                new TestService(exchange -> TestService.json(exchange, 200, "[\"" + "x".repeat(2_000_000) + "\"]"))) {
            HarnessRun run = job(Map.of("url", service.url("/"))).run();
            assertTrue(
                    failure(run).startsWith("Result 1 of page 1 from " + service.url("/") + " cannot be kept: "),
                    failure(run));
            assertTrue(failure(run).endsWith("The inputs items and extract make results smaller."), failure(run));
        }
    }

    @Test
    void inputsAreRefusedBeforeAnythingIsCalled() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 200, "{}"))) {
            Map<String, Object> good = Map.of("url", service.url("/"));
            for (Map.Entry<String, Object> bad : List.<Map.Entry<String, Object>>of(
                    Map.entry("items", "data"),
                    Map.entry("extract", Map.of("a", "b")),
                    Map.entry("expected_status", List.of("many")),
                    Map.entry("expected_status", List.of("299-200")),
                    Map.entry("timeout", "1ms"),
                    Map.entry("headers", Map.of("X-A", "1\r\nX-B: 2")),
                    Map.entry("headers", Map.of("X-A\r\nX-B", "1")),
                    Map.entry("headers", Map.of("Host", "other.example")),
                    Map.entry("headers", Map.of("Transfer-Encoding", "chunked")),
                    Map.entry("paging", Map.of("kind", "cursor")),
                    Map.entry("paging", Map.of("kind", "page")),
                    Map.entry("retries", Map.of("backoff", "2d")),
                    Map.entry("proxy", true))) {
                HarnessRun run = job(with(good, bad.getKey(), bad.getValue())).run();
                assertEquals(Outcome.VALIDATION_FAILED, run.outcome(), bad::toString);
            }
            assertEquals(List.of(), service.seen());
        }
    }

    @Test
    void credentialsGoToNamedHostsAndAreShownNowhere() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(
                exchange,
                200,
                "{\"you_sent\": \"" + exchange.getRequestHeaders().getFirst("Authorization") + "\"}"))) {
            Map<String, Object> settings = with(with(LOOPBACK, "basic_user", "ann"), "basic_password", "pass-word-1");
            HarnessRun run = JobHarness.of(HttpModule::new)
                    .inputs(Map.of("url", service.url("/")))
                    .settings(settings)
                    .run();
            assertEquals("Basic YW5uOnBhc3Mtd29yZC0x", service.seen().get(0).header("Authorization"));
            assertTrue(!run.results().toString().contains("pass-word-1"), () -> run.results()
                    .toString());
            assertTrue(!run.results().toString().contains("Bhc3Mtd29yZC0x"), () -> run.results()
                    .toString());

            HarnessRun everybody = JobHarness.of(HttpModule::new)
                    .inputs(Map.of("url", service.url("/")))
                    .settings(with(settings, "allowed_hosts", List.of("*")))
                    .run();
            assertEquals("", service.seen().get(1).header("Authorization"));
            assertTrue(everybody.lines().get(0).contains("credential_hosts"), everybody.lines()::toString);
        }
    }
}
