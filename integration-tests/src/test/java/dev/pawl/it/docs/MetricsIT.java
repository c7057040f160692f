package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.MetricsText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of measurements of a real server after a real job, held against what the documentation and the dashboard say of it. */
class MetricsIT {

    private static final Path ROOT = Path.of(System.getProperty("pawl.root"));
    private static final Pattern NAME = Pattern.compile("\\b(pawl|jvm|process|system)(_[a-z0-9]+)+\\b");

    /** Reported only while there is something: a run at work, a collector of traces, a health check of a module, a store that is shared. */
    private static final Set<String> AT_TIMES = Set.of(
            "pawl_runs_active",
            "pawl_store_lease_age_seconds",
            "pawl_store_lease_losses_total",
            "pawl_store_servers",
            "pawl_store_claims_refused_total",
            "pawl_store_news_age_seconds",
            "pawl_store_clock_offset_seconds",
            "pawl_trace_spans_exported_total",
            "pawl_trace_spans_lost_total",
            "pawl_trace_spans_waiting",
            "pawl_callback_tries_total",
            "pawl_callbacks_given_up_total",
            "pawl_callbacks_under_way",
            "pawl_notification_tries_total",
            "pawl_notifications_given_up_total",
            "pawl_notifications_under_way",
            "pawl_health_check");

    @TempDir
    static Path folder;

    private static Server server;
    private static MetricsText page;

    @BeforeAll
    static void runAJobAndScrape() throws Exception {
        Path data = folder.resolve("data");
        server = Server.start(data, Path.of(System.getProperty("java.home")), Map.of());
        Api api = server.api();
        api.awaitEnd(api.start("hello", Map.of("name", "World")));
        Eventually.eventually("the end of the run is counted", () -> {
            page = MetricsText.read(scrape(data).body());
            return page.value("pawl_runs_ended_total", Map.of("module", "hello", "outcome", "completed"))
                            .orElse(0)
                    == 1;
        });
    }

    @AfterAll
    static void stop() {
        assertEquals(0, server.terminate());
    }

    private static HttpResponse<String> scrape(Path data) throws IOException, InterruptedException {
        URI url = server.url().resolve("/metrics");
        HttpRequest request = HttpRequest.newBuilder(url)
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("admin.token")).strip())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static Set<String> named(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(Files.readString(file));
        while (matcher.find()) {
            names.add(matcher.group().replaceFirst("_(bucket|sum|count)$", ""));
        }
        names.removeAll(AT_TIMES);
        return names;
    }

    @Test
    @Tag("sqlite")
    void everyMetricOfTheDocumentationIsOnThePage() throws IOException {
        Set<String> documented = named(ROOT.resolve("docs/operations.md"));
        assertTrue(documented.size() > 30, documented.toString());
        documented.removeAll(page.names());
        assertEquals(Set.of(), documented);
    }

    @Test
    @Tag("sqlite")
    void everyMetricOfOursOnThePageIsDocumented() throws IOException {
        Set<String> ours = new TreeSet<>(page.names());
        ours.removeIf(name -> !name.startsWith("pawl_"));
        assertFalse(ours.isEmpty());
        ours.removeAll(named(ROOT.resolve("docs/operations.md")));
        assertEquals(Set.of(), ours);
    }

    @Test
    @Tag("sqlite")
    void everyMetricOfTheDashboardIsOnThePage() throws IOException {
        Set<String> shown = named(ROOT.resolve("docs/grafana/pawl.json"));
        assertTrue(shown.size() > 25, shown.toString());
        shown.removeAll(page.names());
        assertEquals(Set.of(), shown);
    }

    @Test
    void aJobLeavesItsNumbers() {
        assertEquals(
                1,
                page.value("pawl_jobs_submitted_total", Map.of("module", "hello"))
                        .orElseThrow());
        assertEquals(
                1,
                page.value("pawl_job_wait_seconds_count", Map.of("module", "hello"))
                        .orElseThrow());
        assertEquals(1, page.value("pawl_jobs", Map.of("status", "completed")).orElseThrow());
        assertEquals(
                1,
                page.value("pawl_http_requests_total", Map.of("route", "/jobs", "method", "POST", "status", "2xx"))
                        .orElseThrow());
    }
}
