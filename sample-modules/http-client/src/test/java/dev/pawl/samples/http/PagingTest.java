package dev.pawl.samples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.pawl.testkit.HarnessRun;
import dev.pawl.testkit.HarnessRun.Outcome;
import dev.pawl.testkit.JobHarness;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PagingTest {

    private static final int PAGES = 4;

    private static int number(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null || !query.contains("p=") ? 1 : Integer.parseInt(query.replaceAll(".*\\bp=(\\d+).*", "$1"));
    }

    private static String items(int page) {
        return "{\"items\": [{\"n\": " + (2 * page - 1) + "}, {\"n\": " + 2 * page + "}]";
    }

    private static void linked(HttpExchange exchange) throws IOException {
        int page = number(exchange);
        if (page < PAGES) {
            exchange.getResponseHeaders()
                    .add("Link", "</first>; rel=\"first\", <?p=" + (page + 1) + ">; title=\"a, b\"; rel=\"last next\"");
        }
        TestService.json(exchange, 200, items(page) + "}");
    }

    private static void withCursor(HttpExchange exchange) throws IOException {
        int page = number(exchange);
        TestService.json(
                exchange, 200, items(page) + (page < PAGES ? ", \"meta\": {\"next\": " + (page + 1) + "}}" : "}"));
    }

    private static void counted(HttpExchange exchange) throws IOException {
        int page = number(exchange);
        TestService.json(exchange, 200, page <= PAGES ? items(page) + "}" : "{\"items\": []}");
    }

    private static void all(HarnessRun run) {
        assertEquals(
                IntStream.rangeClosed(1, 2 * PAGES)
                        .mapToObj(n -> Map.<String, Object>of("n", n))
                        .toList(),
                run.results());
        assertEquals(100, run.percent());
    }

    private static JobHarness job(TestService service, Map<String, Object> paging) {
        return HttpModuleTest.job(Map.of("url", service.url("/list"), "items", "/items", "paging", paging));
    }

    @Test
    void linksAreFollowedToTheirEnd() throws Exception {
        try (TestService service = new TestService(PagingTest::linked)) {
            all(job(service, Map.of("kind", "link")).run());
            assertEquals(PAGES, service.seen().size());
            assertEquals("/list?p=4", service.seen().get(3).path());
        }
    }

    @Test
    void cursorsAreFollowedToTheirEnd() throws Exception {
        try (TestService service = new TestService(PagingTest::withCursor)) {
            all(job(service, Map.of("kind", "cursor", "cursor", "/meta/next", "parameter", "p"))
                    .run());
            assertEquals(PAGES, service.seen().size());
        }
    }

    @Test
    void pagesAreCountedUntilOneIsEmpty() throws Exception {
        try (TestService service = new TestService(PagingTest::counted)) {
            all(job(service, Map.of("kind", "page", "parameter", "p")).run());
            assertEquals(PAGES + 1, service.seen().size());
            assertEquals("/list?p=1", service.seen().get(0).path());
        }
    }

    @Test
    void noMorePagesAreReadThanAskedFor() throws Exception {
        try (TestService service = new TestService(PagingTest::linked)) {
            HarnessRun run =
                    job(service, Map.of("kind", "link", "max_pages", 2)).run();
            assertEquals(4, run.results().size());
            assertEquals(2, service.seen().size());
        }
    }

    @Test
    void aKilledTaskGoesOnWithItsPageAndHasEachResultOnce() throws Exception {
        for (int kill = 1; kill <= 2 * PAGES; kill++) {
            try (TestService service = new TestService(PagingTest::withCursor)) {
                JobHarness job = job(service, Map.of("kind", "cursor", "cursor", "/meta/next", "parameter", "p"))
                        .killAtEmit(kill);
                assertEquals(Outcome.KILLED, job.run().outcome());
                all(job.run());
                assertEquals(PAGES + 1, service.seen().size(), "only the page of the kill is read again");
            }
        }
    }

    @Test
    void aPausedTaskGoesOnWithTheNextPage() throws Exception {
        try (TestService service = new TestService(PagingTest::linked)) {
            JobHarness job = job(service, Map.of("kind", "link")).pauseAtCheckpoint(PAGES);
            assertEquals(Outcome.PAUSED, job.run().outcome());
            all(job.run());
            assertEquals(PAGES, service.seen().size(), "after the last page there is none to read");
        }
    }

    @Test
    void aThousandPagesAreReadOneAfterTheOther() throws Exception {
        try (TestService service = new TestService(exchange -> {
            int page = number(exchange);
            TestService.json(exchange, 200, items(page) + ", \"next\": " + (page < 1000 ? page + 1 : "null") + "}");
        })) {
            HarnessRun run = job(service, Map.of("kind", "cursor", "cursor", "/next", "parameter", "p"))
                    .run();
            assertEquals(Outcome.COMPLETED, run.outcome());
            assertEquals(2000, run.results().size());
            assertEquals(1000, run.info().get("pages"));
        }
    }

    @Test
    void aPageThatNamesItselfIsNotReadForEver() throws Exception {
        try (TestService service = new TestService(exchange -> {
            exchange.getResponseHeaders().add("Link", "<" + exchange.getRequestURI() + ">; rel=next");
            TestService.json(exchange, 200, "{\"items\": []}");
        })) {
            HarnessRun run = job(service, Map.of("kind", "link")).run();
            assertTrue(
                    HttpModuleTest.failure(run).contains("names itself as the next one"), HttpModuleTest.failure(run));
            assertEquals(1, service.seen().size());
        }
    }

    @Test
    void aNextPageElsewhereIsJudgedAndGetsNoHeadersOfTheJob() throws Exception {
        try (TestService other = new TestService(exchange -> TestService.json(exchange, 200, "{\"items\": []}"));
                TestService service = new TestService(exchange -> {
                    exchange.getResponseHeaders().add("Link", "<" + other.url("/next") + ">; rel=next");
                    TestService.json(exchange, 200, "{\"items\": []}");
                });
                TestService leading = new TestService(exchange -> {
                    exchange.getResponseHeaders().add("Link", "<http://169.254.169.254/latest/meta-data>; rel=next");
                    TestService.json(exchange, 200, "{\"items\": []}");
                })) {
            Map<String, Object> inputs = Map.of(
                    "url", service.url("/"),
                    "items", "/items",
                    "headers", Map.of("X-Token", "abc", "Accept-Language", "de"),
                    "paging", Map.of("kind", "link"));
            assertEquals(Outcome.COMPLETED, HttpModuleTest.job(inputs).run().outcome());
            assertEquals("", other.seen().get(0).header("X-Token"));
            assertEquals("de", other.seen().get(0).header("Accept-Language"));

            HarnessRun refused = job(leading, Map.of("kind", "link")).run();
            assertTrue(
                    HttpModuleTest.failure(refused).startsWith("The host 169.254.169.254:80 is not an allowed host."),
                    HttpModuleTest.failure(refused));
        }
    }

    @Test
    void otherParametersStayAsTheyAreSpelled() throws Exception {
        assertEquals(
                "http://h/a?x=%2f&y&p=a%20b%26",
                QueryParameter.set(URI.create("http://h/a?x=%2f&p=1&y&p=2"), "p", "a b&")
                        .toString());
        assertEquals(
                List.of("http://h/?p=1"),
                List.of(QueryParameter.set(URI.create("http://h"), "p", "1").toString()));
    }
}
