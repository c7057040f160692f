package dev.pawl.it.trace;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real distribution exports the traces of jobs to a collector, which costs nobody anything when it fails. */
class TraceExportIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final int JOBS = 200;

    @TempDir
    Path folder;

    private Server start(SpanCollector collector) {
        return Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_OTLP_ENDPOINT", collector.url(), "PAWL_OTLP_HEADERS", "authorization=Bearer%20secret1"));
    }

    @Test
    void aJobsSpansArriveInTheTraceOfItsRequestEachBelowItsParent() throws Exception {
        try (SpanCollector collector = new SpanCollector(false);
                Server server = start(collector)) {
            String id = submit(server, "{\"module_id\": \"hello\", \"inputs\": {\"name\": \"Ann\"}}");
            server.api().awaitEnd(id);
            eventually(() -> assertEquals(
                    List.of("POST /jobs", "initialize", "queue hello", "run", "run hello", "task hello", "validate"),
                    collector.names(TRACE)));
            Span request = collector.span(TRACE, "POST /jobs");
            assertEquals(CALLER, SpanCollector.parent(request));
            assertEquals(
                    "200",
                    SpanCollector.attribute(request, "http.response.status_code")
                            .orElse(""));
            Span wait = collector.span(TRACE, "queue hello");
            assertEquals(SpanCollector.id(request), SpanCollector.parent(wait));
            Span task = collector.span(TRACE, "task hello");
            Span run = collector.span(TRACE, "run hello");
            assertEquals(SpanCollector.id(run), SpanCollector.parent(task));
            assertEquals(SpanCollector.id(request), SpanCollector.parent(run));
            assertEquals(id, SpanCollector.attribute(run, "pawl.job.id").orElse(""));
            assertEquals("1", SpanCollector.attribute(run, "pawl.epoch").orElse(""));
            assertEquals(
                    "completed", SpanCollector.attribute(run, "pawl.outcome").orElse(""));
            assertEquals(SpanCollector.id(task), SpanCollector.parent(collector.span(TRACE, "validate")));
            assertTrue(wait.getEndTimeUnixNano() <= run.getEndTimeUnixNano());
            assertFalse(collector.of(TRACE).toString().contains("Ann"), "an input was exported");
            assertFalse(server.api().get("/settings").body().toString().contains("secret1"));
            assertFalse(server.said().contains("secret1"), server::said);
        }
    }

    @Test
    void aCollectorThatHangsSlowsNeitherJobsNorTheStop() throws Exception {
        try (SpanCollector collector = new SpanCollector(true);
                Server server = start(collector)) {
            Api api = server.api();
            long began = System.nanoTime();
            String last = "";
            for (int i = 0; i < JOBS; i++) {
                last = api.start("hello", Map.of("name", "Ann"));
            }
            api.awaitEnd(last);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, took::toString);
            began = System.nanoTime();
            assertEquals(0, server.terminate(), server::said);
            Duration stop = Duration.ofNanos(System.nanoTime() - began);
            assertTrue(stop.compareTo(Duration.ofSeconds(15)) < 0, stop::toString);
        }
    }

    private String submit(Server server, String body) throws IOException, InterruptedException {
        String token = Files.readString(folder.resolve("data/admin.token")).strip();
        URI jobs = server.url().resolve("/jobs");
        HttpRequest request = HttpRequest.newBuilder(jobs)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }
}
