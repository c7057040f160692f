package dev.pawl.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.metric.Histogram;
import dev.pawl.service.metric.Label;
import dev.pawl.service.metric.MetricSource;
import dev.pawl.service.metric.MetricsPage.Page;
import dev.pawl.testkit.MetricsText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ScrapesTest {

    private static final Label HELLO = new Label("module", "hello");

    private static Page scrape(String accept, MetricSource... sources) {
        try (var scrapes = new Scrapes(() -> List.of(sources), "9.9.9", () -> {})) {
            return scrapes.page(accept);
        }
    }

    @Test
    void valuesOfOneNameFromSeveralSourcesAreOneFamily() {
        MetricsText page = MetricsText.read(scrape(
                        null,
                        sink -> sink.counter("pawl_jobs_submitted_total", "Jobs.", 3, HELLO),
                        sink -> sink.counter("pawl_jobs_submitted_total", "Jobs.", 4, new Label("module", "count")))
                .text());
        assertEquals(
                3,
                page.value("pawl_jobs_submitted_total", Map.of("module", "hello"))
                        .orElseThrow());
        assertEquals(
                4,
                page.value("pawl_jobs_submitted_total", Map.of("module", "count"))
                        .orElseThrow());
    }

    @Test
    void aHistogramIsReportedInSecondsWithAllItsValuesInTheLastBucket() {
        Histogram waits = Histogram.ofLongTimes();
        waits.record(2_000_000);
        waits.record(3_000_000_000L);
        waits.record(-5);
        MetricsText page = MetricsText.read(
                scrape(null, sink -> sink.histogram("pawl_job_wait_seconds", "Waits.", waits.counts(), HELLO))
                        .text());
        assertEquals(
                2,
                page.value("pawl_job_wait_seconds_bucket", Map.of("le", "0.005"))
                        .orElseThrow());
        assertEquals(3, page.value("pawl_job_wait_seconds_count", Map.of()).orElseThrow());
        assertEquals(3.002, page.value("pawl_job_wait_seconds_sum", Map.of()).orElseThrow(), 1e-9);
    }

    @Test
    void aLabelMayHoldAnyText() {
        String odd = "a \"quote\", a \\ and\na line";
        MetricsText page =
                MetricsText.read(scrape(null, sink -> sink.gauge("pawl_odd", "Odd.", 1, new Label("module", odd)))
                        .text());
        assertEquals(1, page.family("pawl_odd").orElseThrow().samples().size());
    }

    @Test
    void aSourceThatFailsIsCountedAndTheOthersAreReported() {
        MetricsText page = MetricsText.read(scrape(
                        null,
                        sink -> {
                            throw new IllegalStateException("The store is gone.");
                        },
                        sink -> sink.gauge("pawl_there", "There.", 1))
                .text());
        assertEquals(1, page.value("pawl_scrape_failed_sources", Map.of()).orElseThrow());
        assertEquals(1, page.value("pawl_there", Map.of()).orElseThrow());
    }

    @Test
    void theJvmAndTheBuildAreReported() {
        MetricsText page = MetricsText.read(scrape(null).text());
        assertTrue(
                page.names()
                        .containsAll(List.of(
                                "jvm_memory_used_bytes",
                                "jvm_threads_live_threads",
                                "process_cpu_usage",
                                "process_files_open_files",
                                "process_uptime_seconds",
                                "pawl_build_info")),
                page.names().toString());
        assertEquals(
                1, page.value("pawl_build_info", Map.of("version", "9.9.9")).orElseThrow());
    }

    @Test
    void openMetricsIsWrittenForAClientThatAcceptsIt() {
        Page page = scrape("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        assertTrue(page.type().startsWith("application/openmetrics-text"), page.type());
        assertTrue(page.text().endsWith("# EOF\n"), page.text());
        assertTrue(scrape("text/plain").type().startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void severalScrapesAtOnceEachGetAWholePage() {
        try (var scrapes = new Scrapes(
                () -> List.of(sink -> sink.counter("pawl_jobs_submitted_total", "Jobs.", 3, HELLO)), "1", () -> {})) {
            List<CompletableFuture<String>> pages = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> scrapes.page(null).text()))
                    .limit(20)
                    .toList();
            pages.forEach(page -> MetricsText.read(page.join()));
        }
    }
}
