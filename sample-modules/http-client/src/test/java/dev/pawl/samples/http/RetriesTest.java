package dev.pawl.samples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class RetriesTest {

    private static final Map<String, Object> QUICK = Map.of("backoff", "10ms", "longest_wait", "5s");

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    @Test
    void aBusyServiceIsAskedAgainUntilItAnswers() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestService service = new TestService(
                exchange -> TestService.json(exchange, calls.incrementAndGet() < 4 ? 500 + calls.get() : 200, "{}"))) {
            HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "retries", QUICK))
                    .run();
            assertEquals(Outcome.COMPLETED, run.outcome());
            assertEquals(4, service.seen().size());
            assertTrue(run.lines().get(2).contains("answered 503, expected 2xx."), run.lines()::toString);
            assertTrue(run.lines().get(2).endsWith("(3 of 3)."), run.lines()::toString);
        }
    }

    @Test
    void theLastFailureIsTheJobsWhenNothingHelps() throws Exception {
        try (TestService service = new TestService(exchange -> TestService.json(exchange, 503, ""))) {
            HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "retries", QUICK))
                    .run();
            assertEquals(
                    "GET " + service.url("/") + " answered 503, expected 2xx. It was tried 4 times.",
                    HttpModuleTest.failure(run));
        }
    }

    @Test
    void secondsAndDatesOfRetryAfterAreObeyed() throws Exception {
        for (String form : List.of("seconds", "date")) {
            AtomicInteger calls = new AtomicInteger();
            try (TestService service = new TestService(exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Retry-After",
                                form.equals("seconds")
                                        ? "1"
                                        : date(Instant.now().plusSeconds(2)));
                TestService.json(exchange, calls.incrementAndGet() < 2 ? 429 : 200, "{}");
            })) {
                long begin = System.nanoTime();
                HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "retries", QUICK))
                        .run();
                Duration taken = Duration.ofNanos(System.nanoTime() - begin);
                assertEquals(Outcome.COMPLETED, run.outcome());
                assertEquals(2, service.seen().size());
                assertTrue(taken.toMillis() >= 1_000, taken::toString);
            }
        }
    }

    @Test
    void aServiceThatAsksForTooLongAWaitEndsTheTask() throws Exception {
        try (TestService service = new TestService(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            TestService.json(exchange, 429, "");
        })) {
            HarnessRun run = HttpModuleTest.job(Map.of("url", service.url("/"), "retries", QUICK))
                    .run();
            assertTrue(
                    HttpModuleTest.failure(run)
                            .endsWith("The server asks to wait 3600 s, longer than retries.longest_wait of 5 s."),
                    HttpModuleTest.failure(run));
        }
    }

    @Test
    void aPostIsRepeatedOnlyWhenAskedAndCarriesOneKey() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (TestService service = new TestService(
                exchange -> TestService.json(exchange, calls.incrementAndGet() % 2 == 1 ? 503 : 200, "{}"))) {
            Map<String, Object> inputs = Map.of("url", service.url("/"), "method", "POST", "retries", QUICK);
            assertEquals(Outcome.RUN_FAILED, HttpModuleTest.job(inputs).run().outcome());
            assertEquals(1, service.seen().size());

            calls.set(0);
            Map<String, Object> asked = Map.of(
                    "url", service.url("/"),
                    "method", "POST",
                    "retries", Map.of("backoff", "10ms", "all_methods", true));
            assertEquals(Outcome.COMPLETED, HttpModuleTest.job(asked).run().outcome());
            String key = service.seen().get(1).header("Idempotency-Key");
            assertEquals(key, service.seen().get(2).header("Idempotency-Key"));
            assertTrue(!key.isEmpty());
        }
    }

    @Test
    void aServerThatCannotBeReachedIsTriedAgainAndNamed() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        HarnessRun run = HttpModuleTest.job(Map.of("url", "http://127.0.0.1:" + free + "/", "retries", QUICK))
                .run();
        assertTrue(
                HttpModuleTest.failure(run).startsWith("The server 127.0.0.1:" + free + " cannot be reached:"),
                HttpModuleTest.failure(run));
        assertTrue(HttpModuleTest.failure(run).endsWith("It was tried 4 times."), HttpModuleTest.failure(run));
    }

    @Test
    void aDateIsMeasuredByTheClockOfTheServiceAndOneInThePastIsNoWait() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertEquals(Optional.of(Duration.ofSeconds(125)), RetryAfter.of(" 125 ", Optional.empty(), now));
        assertEquals(
                Optional.of(Duration.ofSeconds(5)), RetryAfter.of(date(now.plusSeconds(5)), Optional.empty(), now));
        assertEquals(
                Optional.of(Duration.ofSeconds(2)),
                RetryAfter.of(date(now.plusSeconds(5)), Optional.of(date(now.plusSeconds(3))), now));
        assertEquals(Optional.of(Duration.ZERO), RetryAfter.of(date(now.minusSeconds(5)), Optional.empty(), now));
        assertEquals(Optional.empty(), RetryAfter.of("soon", Optional.empty(), now));
        assertEquals(Optional.empty(), RetryAfter.of("-3", Optional.empty(), now));
    }

    @Test
    void requestsKeepTheRate() throws Exception {
        try (TestService service = new TestService(exchange -> {
            exchange.getResponseHeaders()
                    .add("Link", "<" + service(exchange.getRequestURI().getPath()) + ">; rel=next");
            TestService.json(exchange, 200, "{}");
        })) {
            long begin = System.nanoTime();
            HarnessRun run = HttpModuleTest.job(Map.of(
                            "url", service.url("/a"),
                            "requests_per_second", 10,
                            "paging", Map.of("kind", "link", "max_pages", 6)))
                    .run();
            long taken = Duration.ofNanos(System.nanoTime() - begin).toMillis();
            assertEquals(6, run.results().size());
            assertTrue(taken >= 490, () -> "took " + taken + " ms");
        }
    }

    private static String service(String path) {
        return path + "a";
    }
}
