package dev.pawl.http;

import static dev.pawl.http.Answers.ok;
import static dev.pawl.http.Answers.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobOrder;
import dev.pawl.service.job.JobStatus;
import dev.pawl.testkit.fake.Jobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lists and counts of jobs, and the parameters that they take. */
final class JobListIT {

    @TempDir
    static Path data;

    @RegisterExtension
    static final TestServer server = new TestServer(() -> data);

    @Test
    void listsAreFiltered() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        Map<?, ?> page = ok(server.get("/jobs?status=completed,failed&module=hello&q=x%20y&limit=7&cursor=c"
                + "&since=2026-01-01T10:00:00+00:00&until=2026-01-02T10:00:00Z"));
        assertEquals("next", page.get("next_cursor"));
        assertEquals(job.id().toString(), ((Map<?, ?>) ((List<?>) page.get("jobs")).get(0)).get("id"));
        assertEquals(Set.of(JobStatus.COMPLETED, JobStatus.FAILED), server.scheduler.filter.statuses());
        assertEquals(Optional.of(Instant.parse("2026-01-01T10:00:00Z")), server.scheduler.filter.since());
        assertEquals(Optional.of(Instant.parse("2026-01-02T10:00:00Z")), server.scheduler.filter.until());
        assertEquals(Optional.of("hello"), server.scheduler.filter.module());
        assertEquals(Optional.of("x y"), server.scheduler.filter.text());
        assertEquals(Optional.of("c"), server.scheduler.filter.cursor());
        assertEquals(7, server.scheduler.filter.limit());
        assertEquals(JobOrder.NEWEST, server.scheduler.filter.order());
    }

    @Test
    void listsAreInEachOrderThatIsAskedFor() throws Exception {
        for (JobOrder order : JobOrder.values()) {
            ok(server.get("/jobs?sort=" + order.wireName()));
            assertEquals(order, server.scheduler.filter.order());
        }
        assertEquals(400, server.get("/jobs?sort=colour").statusCode());
    }

    @Test
    void jobsAreCountedWithTheFilterOfTheList() throws Exception {
        server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.COMPLETED));
        Map<?, ?> tally = ok(server.get("/jobs/counts?status=completed&module=hello&q=x&exact=true"));
        assertNull(tally.get("capped_at"));
        assertTrue(tally.containsKey("capped_at"));
        assertEquals(Optional.of("hello"), server.scheduler.filter.module());
        assertEquals(Set.of(JobStatus.COMPLETED), server.scheduler.filter.statuses());
    }

    @Test
    void wrongFiltersAreToldWhatTheyTake() throws Exception {
        assertTrue(problem(400, "PAWL-300", server.get("/jobs?status=completed,broken"))
                .contains("some of pending, running, completed, failed, stopped"));
        assertTrue(problem(400, "PAWL-300", server.get("/jobs?status=")).contains("some of"));
        assertTrue(problem(400, "PAWL-300", server.get("/jobs?since=yesterday")).contains("a time in ISO 8601"));
    }

    @Test
    void aLimitAboveTheCapIsCutToItAndTheAnswerSaysSo() throws Exception {
        Job job = server.scheduler.add(Jobs.of(Jobs.request("hello"), JobStatus.RUNNING));
        Map.of(
                        "/jobs",
                        1_000,
                        "/jobs?limit=1000000",
                        1_000,
                        "/queue?limit=99999999999999999999",
                        10_000,
                        "/jobs/" + job.id() + "/logs?limit=100000",
                        10_000,
                        "/jobs/" + job.id() + "/results?limit=100000",
                        10_000,
                        "/modules/hello/history?limit=5000",
                        1_000)
                .forEach((path, limit) -> {
                    try {
                        assertEquals(limit, ok(server.get(path)).get("limit"), path);
                    } catch (Exception e) {
                        throw new AssertionError(path, e);
                    }
                });
        ok(server.get("/jobs"));
        assertEquals(1_000, server.scheduler.filter.limit());
    }

    @Test
    void parametersOutsideTheirRangeAreRefused() throws Exception {
        Map.of(
                        "/jobs?status=done", "status is \"done\"; it takes some of pending, running",
                        "/jobs?limit=0",
                                "limit is \"0\"; it takes a whole number, 1 or more, of which at most 1000 count.",
                        "/jobs?limit=x", "it takes a whole number",
                        "/jobs?stauts=failed", "The parameter stauts is unknown here; the known ones are status",
                        "/jobs?limit=1&limit=2", "The parameter limit is given twice.",
                        "/status?x=1", "The parameter x is unknown here; there are none.")
                .forEach((path, detail) -> {
                    try {
                        String told = problem(400, "PAWL-300", server.get(path));
                        assertTrue(told.contains(detail), told);
                    } catch (Exception e) {
                        throw new AssertionError(path, e);
                    }
                });
    }

    @Test
    void theSeriesHasItsStepAndItsPoints() throws Exception {
        Map<?, ?> series = ok(server.get("/stats/series?span=day&until=2026-01-01T10:00:00Z"));
        assertEquals(600, series.get("step_s"));
        Map<?, ?> point = (Map<?, ?>) ((List<?>) series.get("points")).get(0);
        assertEquals(
                Set.of(
                        "at",
                        "added",
                        "started",
                        "completed",
                        "failed",
                        "stopped",
                        "waiting",
                        "running",
                        "wait_ms_p50",
                        "run_ms_p50"),
                point.keySet());
        assertEquals("2.0", String.valueOf(point.get("wait_ms_p50")));
        assertNull(point.get("run_ms_p50"));
        String detail = problem(400, "PAWL-300", server.get("/stats/series?span=year"));
        assertTrue(detail.contains("hour, day"), detail);
    }
}
